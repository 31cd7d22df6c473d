import { RowhouseError } from "rowhouse";
import type { Catalog, Table } from "../catalog/catalog.ts";
import type { PlannedUsers } from "../plan.ts";
import type { Edge } from "./edge.ts";
import { looksLikeAccess } from "./identity-shape.ts";
import { isTeamish } from "./find-teams.ts";
import { sameNoun, snakeOf, wordsOf } from "./words.ts";

/** The table of users, and those whose key is a user's: a profile that shares it. */
export interface FoundUsers {
  readonly table: Table;
  readonly key: string;
  readonly aliases: readonly Table[];
  readonly reason: string;
}

/** Below this a table has nothing of a users' table but a name or an address. */
const enough = 6;

/** Another whose score comes this near makes it a guess. */
const tooNear = 0.85;

/**
 * @throws RowhouseError INVALID_INPUT where none is found, several are as good, or the users themselves belong to something
 */
export function findUsers(catalog: Catalog, edges: readonly Edge[], given: string | undefined): FoundUsers {
  const table = given === undefined ? guessUsers(catalog, edges) : namedUsers(catalog, given);
  const key = table.key[0];
  if (key === undefined || table.key.length !== 1)
    throw stop(
      `${table.sql} has no primary key of one column, so nothing can say whose a row is. Expected one, as \`id\`.`,
    );
  assertOwnAnchor(table, edges);
  return { table, key, aliases: aliasesOf(table, edges), reason: reasonFor(table, edges) };
}

export function plannedUsers({ table, key }: FoundUsers): PlannedUsers {
  const named = (...patterns: RegExp[]): string | null => {
    for (const pattern of patterns) {
      const found = table.columns.find(({ name }) => pattern.test(snakeOf(name)));
      if (found !== undefined) return found.name;
    }
    return null;
  };
  return {
    table: table.sql,
    key,
    keyType: table.columns.find(({ name }) => name === key)?.type ?? "text",
    name: named(/^(name|full_name|display_name)$/, /^(username|user_name|login|nickname|first_name)$/),
    email: named(/^(email|email_address|mail|e_mail)$/, /email$/),
  };
}

function guessUsers(catalog: Catalog, edges: readonly Edge[]): Table {
  const scored = catalog.tables
    .filter((table) => !table.isPartition && table.key.length === 1)
    .map((table) => ({ table, score: scoreOf(table, edges) }))
    .filter(({ score }) => score >= enough)
    .sort((left, right) => right.score - left.score);
  // Who belongs to another candidate is that one's customer or profile.
  const free = scored.filter(
    ({ table }) =>
      !edges.some(
        (edge) =>
          edge.table === table &&
          edge.notNull &&
          edge.parent !== table &&
          scored.some((other) => other.table === edge.parent),
      ),
  );
  const [best, second] = free;
  if (best === undefined)
    throw stop(
      "No table of users was found: none has an e-mail address or a password and is referred to by others. Name it with --users-table.",
    );
  if (second !== undefined && second.score >= best.score * tooNear)
    throw stop(
      `More than one table may hold the users: ${free
        .filter(({ score }) => score >= best.score * tooNear)
        .map(({ table }) => table.sql)
        .join(", ")}. Name the one whose rows log in and own others with --users-table.`,
    );
  return best.table;
}

/** What speaks for a table: who refers to it, what one logs in with, and last its name. */
function scoreOf(table: Table, edges: readonly Edge[]): number {
  const columns = table.columns.map(({ name }) => snakeOf(name));
  const has = (pattern: RegExp): boolean => columns.some((column) => pattern.test(column));
  const referring = edges.filter((edge) => edge.parent === table && edge.table !== table);
  const login = has(/(^|_)(password|passwd|passhash|pwd)(_|$)/);
  const email = has(/(^|_)e?_?mail(_address)?$/);
  const username = has(/^(username|user_name|login|handle)$/);
  const access = referring.some((edge) => looksLikeAccess(edge.table));
  const named = ["user", "usr", "app_user", "auth_user"].some((word) => sameNoun(wordsOf(table.name), word.split("_")));
  if (!login && !email && !username && !access && !named) return 0;
  const alike = /^(account|member|person|profile|login)s?$|^people$/.test(snakeOf(table.name));
  return (
    Math.min(new Set(referring.map((edge) => edge.table.sql)).size, 12) +
    (login ? 4 : 0) +
    (email ? 3 : 0) +
    (username ? 1 : 0) +
    (access ? 4 : 0) +
    (named ? 5 : 0) +
    (alike ? 1 : 0)
  );
}

/** By its whole name as SQL writes it or as it is, or by its bare name where there is but one. */
function namedUsers(catalog: Catalog, given: string): Table {
  const found = catalog.tables.filter((table) => [table.sql, `${table.schema}.${table.name}`].includes(given));
  const bare = catalog.tables.filter(({ name }) => name === given);
  const best = found[0] ?? (bare.length === 1 ? bare[0] : bare.find(({ schema }) => schema === "public"));
  if (best !== undefined) return best;
  throw stop(
    bare.length > 1
      ? `There is more than one table ${given}: ${bare.map(({ sql }) => sql).join(", ")}. Name it with its schema.`
      : `There is no table ${given}. Name it with its schema, as the catalog does, with --users-table.`,
  );
}

/** A users' table that belongs to an organization says that the database has tenants already. */
function assertOwnAnchor(users: Table, edges: readonly Edge[]): void {
  const degree = (table: Table): number =>
    new Set(
      edges
        .filter((edge) => edge.parent === table && edge.table !== table && edge.notNull)
        .map((edge) => edge.table.sql),
    ).size;
  for (const { table, columns, parent, notNull } of edges) {
    if (table !== users || !notNull || parent === users) continue;
    const isHub = isTeamish(parent)
      ? degree(parent) >= Math.max(2, degree(users))
      : degree(parent) > Math.max(3, 2 * degree(users));
    if (!isHub) continue;
    throw stop(
      `The tenant anchor is not users: every row of ${users.sql} belongs to one of ${parent.sql} (${columns.join(", ")}), which ${degree(parent)} tables refer to; ${degree(users)} refer to ${users.sql}. ` +
        `The database has tenants already, and there is nothing to derive from users. Make ${parent.sql} its organizations: docs/guide/convert.md says how; or name another table with --users-table.`,
    );
  }
}

function aliasesOf(users: Table, edges: readonly Edge[]): readonly Table[] {
  return edges
    .filter(
      (edge) =>
        edge.parent === users &&
        edge.table !== users &&
        edge.columns.length === 1 &&
        edge.table.key.join("\n") === edge.columns.join("\n"),
    )
    .map(({ table }) => table);
}

function reasonFor(users: Table, edges: readonly Edge[]): string {
  const count = new Set(
    edges.filter((edge) => edge.parent === users && edge.table !== users).map(({ table }) => table.sql),
  ).size;
  return `It holds those who log in; ${count === 1 ? "one table refers" : `${count} tables refer`} to it.`;
}

function stop(message: string): RowhouseError {
  return new RowhouseError("INVALID_INPUT", message);
}
