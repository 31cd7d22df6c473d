import type { Table } from "../catalog/catalog.ts";
import type { ExistingTeams } from "../plan.ts";
import type { Edge } from "./edge.ts";
import type { FoundUsers } from "./find-users.ts";
import { snakeOf } from "./words.ts";

/** Teams that the application has, with the tables that are about teams alone. */
export interface FoundTeams {
  readonly table: Table;
  readonly members: Edge | null;
  /** Members and invitations. */
  readonly about: readonly Table[];
  readonly planned: ExistingTeams;
  readonly reason: string;
}

const teamWords =
  /(^|_)(team|organi[sz]ation|org|workspace|tenant|company|household|family|families|companie|business|businesse|agency|agencie)s?$/;

/** Whether a name is one that applications give to what several people share. */
export function isTeamish({ name }: Table): boolean {
  return teamWords.test(snakeOf(name));
}

/** What people are members of, and rows belong to instead of to one person. */
export function findTeams(edges: readonly Edge[], users: FoundUsers): FoundTeams | null {
  const joins = edges.flatMap((toUser) =>
    isUser(users, toUser.parent) && toUser.notNull
      ? edges.flatMap((toTeam) =>
          toTeam.table === toUser.table &&
          toTeam.notNull &&
          toTeam.parent !== toUser.table &&
          !isUser(users, toTeam.parent)
            ? [{ toUser, toTeam }]
            : [],
        )
      : [],
  );
  const candidates = joins.filter(({ toTeam, toUser }) => isTeam({ toTeam, toUser }, edges, users));
  // Of teams within organizations, the organization.
  const top = candidates.filter(
    ({ toTeam }) =>
      !edges.some(
        (edge) =>
          edge.table === toTeam.parent &&
          edge.notNull &&
          candidates.some((other) => other.toTeam.parent === edge.parent && other.toTeam.parent !== toTeam.parent),
      ),
  );
  const degree = (table: Table): number => edges.filter((edge) => edge.parent === table).length;
  const [best] = [...top].sort((left, right) => degree(right.toTeam.parent) - degree(left.toTeam.parent));
  if (best === undefined) return null;
  const { toTeam, toUser } = best;
  const key = toTeam.parent.key[0];
  if (key === undefined) return null;
  const about = aboutTeams(toTeam, edges);
  return {
    table: toTeam.parent,
    members: toTeam,
    about,
    planned: plannedTeams(toTeam.parent, { key, toTeam, toUser, edges, users }),
    reason: `Users are members of it through ${toTeam.table.sql}.`,
  };
}

function isUser({ table, aliases }: FoundUsers, parent: Table): boolean {
  return parent === table || aliases.includes(parent);
}

/** A table of members has both in a key or a role; what it joins users to is called a team, or rows belong to a user or else to it. */
function isTeam(
  { toTeam, toUser }: { toTeam: Edge; toUser: Edge },
  edges: readonly Edge[],
  users: FoundUsers,
): boolean {
  const { table: members, parent: team } = toTeam;
  const columns = members.columns.map(({ name }) => snakeOf(name));
  const isKey = members.indexes.some(
    (index) =>
      index.unique &&
      index.columns.length === 2 &&
      [...toTeam.columns, ...toUser.columns].every((column) => index.columns.includes(column)),
  );
  const hasRole = columns.some((column) => /(^|_)(role|access_level|permission)(_id)?$/.test(column));
  const saysMembers = /(member|membership|user|seat|participant)s?$/.test(snakeOf(members.name));
  if (team.key.length !== 1 || columns.some((column) => /(^|_)(token|token_hash)$/.test(column))) return false;
  if (!isKey && !(hasRole && saysMembers) && !saysMembers) return false;
  if (isTeamish(team) && (isKey || hasRole || saysMembers)) return true;
  // What is a part of something else, as a board of a project, stands for nobody.
  if (edges.some((edge) => edge.table === team && edge.notNull && edge.parent !== team && !isUser(users, edge.parent)))
    return false;
  const eitherOr = edges.filter(
    (edge) =>
      edge.parent === team &&
      !edge.notNull &&
      edge.table !== members &&
      edges.some(
        (other) =>
          other.table === edge.table &&
          isUser(users, other.parent) &&
          !other.notNull &&
          /^(user|owner)_?id$/.test(snakeOf(other.columns[0] ?? "")),
      ),
  );
  return hasRole && eitherOr.length >= 2;
}

/** The members' table, and invitations: a team, an address or a token, and nothing that others refer to. */
function aboutTeams(toTeam: Edge, edges: readonly Edge[]): readonly Table[] {
  const invitations = edges.filter(
    ({ table, parent, notNull }) =>
      parent === toTeam.parent &&
      notNull &&
      table !== toTeam.table &&
      (/(invit|join_request|join_code)/.test(snakeOf(table.name)) ||
        (table.columns.some(({ name }) => /(^|_)(email|invitee)/.test(snakeOf(name))) &&
          table.columns.some(({ name }) => /(^|_)(token|role|code)/.test(snakeOf(name))) &&
          !edges.some((edge) => edge.parent === table))),
  );
  return [toTeam.table, ...invitations.map(({ table }) => table)];
}

interface About {
  readonly key: string;
  readonly toTeam: Edge;
  readonly toUser: Edge;
  readonly edges: readonly Edge[];
  readonly users: FoundUsers;
}

function plannedTeams(team: Table, { key, toTeam, toUser, edges, users }: About): ExistingTeams {
  const named = (of: Table, pattern: RegExp): string | null =>
    of.columns.find(({ name }) => pattern.test(snakeOf(name)))?.name ?? null;
  const owner = edges.find(
    (edge) =>
      edge.table === team &&
      isUser(users, edge.parent) &&
      /(owner|user|created_by|creator)/.test(snakeOf(edge.columns[0] ?? "")),
  );
  const role = toTeam.table.columns.find(({ name }) =>
    /^(role|access_level|member_role|role_name)$/.test(snakeOf(name)),
  );
  const labels = role === undefined ? [] : labelsOf(toTeam.table, role.name);
  return {
    table: team.sql,
    key,
    name: named(team, /^(name|title|display_name)$/),
    slug: named(team, /^(slug|handle|url|subdomain)$/),
    members: {
      table: toTeam.table.sql,
      team: toTeam.columns[0] ?? "",
      user: toUser.columns[0] ?? "",
      role: role?.name ?? null,
      roles: Object.fromEntries(labels.map((label) => [label, roleOf(label)])),
    },
    owner: owner?.columns[0] ?? null,
  };
}

function labelsOf(table: Table, column: string): readonly string[] {
  const labels = table.columns.find(({ name }) => name === column)?.labels ?? [];
  if (labels.length > 0) return labels;
  const allowed = table.checks.filter(({ columns }) => columns.join() === column);
  return allowed.flatMap(({ condition }) =>
    [...condition.matchAll(/'((?:[^']|'')+)'/g)].map(([, text = ""]) => text.replaceAll("''", "'")),
  );
}

function roleOf(label: string): "owner" | "admin" | "member" | "viewer" {
  if (/owner|creator/i.test(label)) return "owner";
  if (/admin|manager|maintainer/i.test(label)) return "admin";
  return /view|read|guest|observer/i.test(label) ? "viewer" : "member";
}
