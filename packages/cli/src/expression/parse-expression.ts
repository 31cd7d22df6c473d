import { hasSqlDetails, loadModule, parseSync, type Node } from "libpg-query";

await loadModule();

/** A condition as Postgres prints it, and as its own parser reads it. */
export interface Expression {
  readonly text: string;
  readonly node: Node;
}

/** @throws TypeError what Postgres printed is no expression */
export function parseExpression(text: string): Expression {
  const node = parseStatement(`select ${text}`);
  if (node === undefined) throw new TypeError(`No expression: ${text}`);
  return { text, node };
}

/** The one expression that a statement selects, from nowhere; `undefined` for any other text. */
export function parseStatement(sql: string): Node | undefined {
  const [first, ...others] = parse(sql);
  if (first === undefined || others.length > 0 || !("SelectStmt" in first)) return undefined;
  const { targetList = [], fromClause, whereClause } = first.SelectStmt;
  const [target] = targetList;
  if (targetList.length !== 1 || fromClause !== undefined || whereClause !== undefined) return undefined;
  return target !== undefined && "ResTarget" in target ? target.ResTarget.val : undefined;
}

function parse(sql: string): Node[] {
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]));
  } catch (error) {
    // The body of a function may be in a newer Postgres's words; then it is not understood, which callers expect.
    if (hasSqlDetails(error)) return [];
    throw error;
  }
}
