import { escapeHtml } from "./escape-html.ts";
import { pageStyle } from "./page-style.ts";

export interface Page {
  /** Text. */
  readonly title: string;
  /** CSS of its own. */
  readonly style: string;
  /** HTML. */
  readonly body: string;
}

/** One page by itself: nothing is loaded from anywhere, and nothing runs. */
export function renderPage({ title, style, body }: Page): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}${style}</style>
<main>
${body}
</main>
</html>
`;
}

/** What the page is about: terms and values, both text. */
export function renderFacts(facts: readonly (readonly [term: string, value: string])[]): string {
  const lines = facts.map(
    ([term, value]) => `<div><dt>${escapeHtml(term)}</dt><dd><code>${escapeHtml(value)}</code></dd></div>`,
  );
  return `<dl>\n${lines.join("\n")}\n</dl>`;
}
