import type { APIRequestContext, APIResponse } from "playwright-core";

/**
 * Sends a page's form as a browser without JavaScript does: the hidden fields that name the server action, and the values.
 * Cookies of the answer land in the context that `request` belongs to.
 */
export async function sendServerForm(
  request: APIRequestContext,
  path: string,
  values: Readonly<Record<string, string>>,
): Promise<APIResponse> {
  const page = await request.get(path);
  const multipart: Record<string, string> = { ...hiddenFields(await page.text()), ...values };
  return request.post(path, { multipart, maxRedirects: 0, headers: { origin: new URL(page.url()).origin } });
}

function hiddenFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined) fields[name] = unescape(/value="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  return fields;
}

function unescape(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
