/** Text as HTML writes it, between tags and in attributes. */
export function escapeHtml(given: string): string {
  return given.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
