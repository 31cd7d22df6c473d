import { loadModule, parseSync, type Node } from "libpg-query";

await loadModule();

/** A condition as Postgres prints it, and as its own parser reads it. */
export interface Expression {
  readonly text: string;
  readonly node: Node;
}

/** @throws TypeError what Postgres printed is no expression */
export function parseExpression(text: string): Expression {
  const [first] = parseSync(`select ${text}`).stmts ?? [];
  const statement = first?.stmt;
  const select = statement !== undefined && "SelectStmt" in statement ? statement.SelectStmt : undefined;
  const [target] = select?.targetList ?? [];
  const node = target !== undefined && "ResTarget" in target ? target.ResTarget.val : undefined;
  if (node === undefined) throw new TypeError(`No expression: ${text}`);
  return { text, node };
}
