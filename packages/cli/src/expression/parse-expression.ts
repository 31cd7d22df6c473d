import { hasSqlDetails, loadModule, parseSync, type Node } from "libpg-query";

await loadModule();

/** A condition as Postgres prints it, and as its own parser reads it. */
export interface Expression {
  readonly text: string;
  readonly node: Node;
}

/** Handing a text over to the parser costs more than reading it: many at once take a quarter of the time. */
const batch = 100;

/** What the words of a Postgres that is newer than the parser are taken for: something of which nothing can be told. */
const unread: Node = { ParamRef: {} };

/** Parses conditions as Postgres printed them; equal ones once. */
export function parseExpressions(given: Iterable<string>): ReadonlyMap<string, Expression> {
  const texts = [...new Set(given)];
  const parsed = new Map<string, Expression>();
  for (let first = 0; first < texts.length; first += batch) {
    const some = texts.slice(first, first + batch);
    const nodes = selected(`select ${some.join(", ")}`);
    const isWhole = nodes?.length === some.length;
    for (const [index, text] of some.entries())
      parsed.set(text, { text, node: (isWhole ? nodes[index] : parseStatement(`select ${text}`)) ?? unread });
  }
  return parsed;
}

/** The one expression that a statement selects, from nowhere; `undefined` for any other text. */
export function parseStatement(sql: string): Node | undefined {
  const nodes = selected(sql);
  return nodes?.length === 1 ? nodes[0] : undefined;
}

function selected(sql: string): Node[] | undefined {
  const [first, ...others] = parse(sql);
  if (first === undefined || others.length > 0 || !("SelectStmt" in first)) return undefined;
  const { targetList = [], fromClause, whereClause } = first.SelectStmt;
  if (fromClause !== undefined || whereClause !== undefined) return undefined;
  return targetList.flatMap((target) => ("ResTarget" in target ? (target.ResTarget.val ?? []) : []));
}

function parse(sql: string): Node[] {
  try {
    return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt]));
  } catch (error) {
    if (hasSqlDetails(error)) return [];
    throw error;
  }
}
