/** Tags of statements that leave nothing behind on a session. */
const cleanTags = new Set([
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "MERGE",
  "SAVEPOINT",
  "ROLLBACK",
  "RELEASE",
  "EXPLAIN",
  "FETCH",
  "CLOSE",
]);

/** How rows are streamed: a cursor that ends with its transaction. */
const streamCursor = /^declare rowhouse_stream_\d+ no scroll cursor without hold for /;

/** DECLARE of the cursor of a stream. */
export function declareStream(cursor: number, text: string): { name: string; text: string } {
  const name = `rowhouse_stream_${cursor}`;
  return { name, text: `declare ${name} no scroll cursor without hold for ${text}` };
}

/**
 * What changes a session from within a SELECT or an UPDATE (of the view pg_settings), functions that run SQL out of a string,
 * and escapes that could spell these names. One match too many costs a connection, one too few would hand a session on as somebody left it.
 */
const sessionChanges =
  /set_config|pg_settings|advisory|setseed|_to_xml|ts_stat|ts_rewrite|crosstab|connectby|xpath_table|dblink|\blo_|u&\s*["']/i;

const backToSavepoint = /^\s*rollback\s+(?:work\s+|transaction\s+)?to\b/i;

/** True when the next user of the connection could notice that the statement ran, even if it failed. */
export function leavesTraces(text: string, tags: readonly string[]): boolean {
  if (text === "commit" || text === "rollback") return false;
  if (sessionChanges.test(text)) return true;
  return tags.some((tag) => !cleanTags.has(tag.split(" ", 1)[0] ?? "") && !streamCursor.test(text));
}

/** True for COMMIT, ROLLBACK and PREPARE TRANSACTION, also with AND CHAIN, where the status does not show it. */
export function endsTransaction(text: string, tags: readonly string[]): boolean {
  return tags.some(
    (tag) => tag === "COMMIT" || tag === "PREPARE TRANSACTION" || (tag === "ROLLBACK" && !backToSavepoint.test(text)),
  );
}
