/**
 * A path on this site to go on to, or `undefined`. Anything that a browser could read as another site (`//evil`,
 * `/\evil`, a scheme) is refused, and so are the pages that would lead back here.
 */
export function safeNextPath(next: unknown): string | undefined {
  if (typeof next !== "string" || next.length > 2000 || !/^\/(?![/\\])/.test(next) || /[\u0000-\u001f\\]/.test(next))
    return undefined;
  const origin = "http://here.invalid";
  if (!URL.canParse(next, origin)) return undefined;
  const url = new URL(next, origin);
  const leadsBack =
    /^\/(sign-in|sign-up|forgot-password|reset-password|api)(\/|$)/.test(url.pathname) || url.pathname === "/";
  // Dots are resolved by now: of `/.//evil` is left `//evil`, another site again.
  return url.origin !== origin || leadsBack || url.pathname.startsWith("//")
    ? undefined
    : `${url.pathname}${url.search}`;
}
