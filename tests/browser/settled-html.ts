import type { APIRequestContext } from "playwright-core";

/**
 * A page's status and markup, without what differs between any two answers: nonces, the asked-for name itself, and the
 * scripts that carry the same markup a second time, cut into pieces as they happened to be ready.
 *
 * @throws Error when the answer holds one of the words that nobody may see
 */
export async function settledHtml(
  request: APIRequestContext,
  { name, rest = "", above = "" }: { name: string; rest?: string; above?: string },
): Promise<{ status: number; body: string }> {
  const path = `${above === "" ? "" : `/${above}`}/${name}${rest}`;
  const answer = await request.get(path, { maxRedirects: 0 });
  const html = await answer.text();
  if (/Secret plan|Secret step|Globex/.test(html))
    throw new Error(`The answer to ${path} tells of another organization.`);
  const body = html
    .replace(/<script[^>]*>.*?<\/script>/gs, "")
    .replace(/nonce="[^"]*"/g, "")
    .replaceAll(name, "NAME");
  return { status: answer.status(), body };
}
