/** The addresses of pages in a text, each once, in their order. */
export function linksIn(text: string): string[] {
  return [...new Set([...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([url]) => url))];
}
