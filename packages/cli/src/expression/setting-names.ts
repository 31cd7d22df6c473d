import { scanSql } from "./scan-sql.ts";

/** The settings that a text of SQL reads by `current_setting('…')`, as Postgres's own scanner sees it: comments and texts are none. */
export function settingNames(sql: string): string[] {
  const tokens = scanSql(sql);
  return tokens.flatMap(({ value }, index) => {
    if (value !== "current_setting" || tokens[index + 1]?.value !== "(") return [];
    const name = tokens[index + 2];
    return name?.kind === "string" ? [name.value] : [];
  });
}
