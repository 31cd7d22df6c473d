import type { Derivation, Plan, PlannedReference, PlannedTable } from "../../../src/convert/plan.ts";

const user = { by: "user", column: "user_id" } as const;

/** The plan by which `converted.sql` was made of `old.sql`. */
export const convertedPlan: Plan = {
  version: 1,
  database: "shop",
  fingerprint: "102f3337fbfc9614fa4b83a6212c5310",
  anchor: "public.users.id",
  users: { table: "public.users", key: "id", keyType: "integer", name: "name", email: null },
  teams: {
    table: "public.teams",
    key: "id",
    name: "name",
    slug: null,
    owner: "owner_id",
    members: {
      table: "public.team_members",
      team: "team_id",
      user: "user_id",
      role: "role",
      roles: { admin: "admin", guest: "member" },
    },
  },
  column: "organization_id",
  lazy: false,
  applicationRole: null,
  stripeCustomer: null,
  issues: [],
  tables: [
    planned("public.projects", { by: "coalesce", of: [{ by: "team", column: "team_id" }, user] }),
    planned('public."Task"', parent("projectId", "public.projects"), {
      references: [points("projectId", "public.projects"), points("parentId", 'public."Task"')],
    }),
    planned("public.notes", user, { unowned: "guest" }),
    planned("public.files", parent("task_id", 'public."Task"'), {
      references: [points("task_id", 'public."Task"'), points("blob_id", "public.blobs")],
    }),
    planned("public.blobs", {
      by: "referrer",
      columns: ["id"],
      referrer: "public.files",
      referrerColumns: ["blob_id"],
    }),
    planned(
      "public.reactions",
      {
        by: "polymorphic",
        typeColumn: "target_type",
        idColumn: "target_id",
        cases: [
          { value: "Task", parent: 'public."Task"', parentColumn: "id" },
          { value: "Note", parent: "public.notes", parentColumn: "id" },
        ],
      },
      { unowned: "guest" },
    ),
    planned("public.tags", user, { class: "mixed" }),
    planned("public.shares", parent("project_id", "public.projects"), {
      references: [
        points("project_id", "public.projects"),
        {
          ...points("granted_to_project", "public.projects"),
          constraint: "shares_granted_to_project_fkey",
          composite: false,
        },
      ],
    }),
    { ...planned("public.users", user), class: "identity", derive: null },
  ],
  questions: [],
  phases: [],
};

export function planned(table: string, derive: Derivation, more: Partial<PlannedTable> = {}): PlannedTable {
  return {
    table,
    class: "tenant",
    path: [],
    derive,
    confidence: 1,
    reason: "",
    issues: [],
    internal: false,
    unowned: null,
    key: ["id"],
    rows: 0,
    bytes: 0,
    uniques: [],
    references: [],
    ...more,
  };
}

export function parent(column: string, table: string): Derivation {
  return { by: "parent", columns: [column], parent: table, parentColumns: ["id"] };
}

export function points(column: string, table: string): PlannedReference {
  return { columns: [column], parent: table, parentColumns: ["id"], constraint: null, composite: true };
}
