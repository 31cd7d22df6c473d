/** What a person chose to see; `system` follows the device. */
export type Theme = "system" | "light" | "dark";

/** The cookie that remembers it, so that the server's first byte is already right. */
export const themeCookie = "rowhouse_theme";

/** The stored choice, or `system` for anything else. */
export function parseTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
