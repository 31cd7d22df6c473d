/** A LIKE pattern that finds text as it was typed: `50%` finds “50%”, not everything that starts with 50. */
export function containsText(text: string): string {
  return `%${text
    .normalize("NFC")
    .slice(0, 200)
    .replaceAll("\0", "")
    .replace(/[\\%_]/g, "\\$&")}%`;
}
