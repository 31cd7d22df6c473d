import { hasSqlDetails, loadModule, scanSync } from "libpg-query";

await loadModule();

/** The settings that a text of SQL reads by `current_setting('…')`, as Postgres's own scanner sees it: comments and texts are none. */
export function settingNames(sql: string): string[] {
  const tokens = scan(sql);
  return tokens.flatMap(({ text }, index) => {
    if (text.toLowerCase() !== "current_setting" || tokens[index + 1]?.text !== "(") return [];
    const quoted = /^'(?<name>[^']+)'$/.exec(tokens[index + 2]?.text ?? "");
    return quoted?.groups?.["name"] === undefined ? [] : [quoted.groups["name"]];
  });
}

function scan(sql: string): readonly { readonly text: string }[] {
  try {
    return scanSync(sql).tokens;
  } catch (error) {
    // The body of a function in another language.
    if (hasSqlDetails(error)) return [];
    throw error;
  }
}
