import type { Derivation, Plan, PlannedTable } from "../../../src/convert/plan.ts";

const user = (column = "user_id"): Derivation => ({ by: "user", column });
const parent = (table: string, column: string): Derivation => ({
  by: "parent",
  columns: [column],
  parent: table,
  parentColumns: ["id"],
});

function tenant(table: string, derive: Derivation, more: Partial<PlannedTable> = {}): PlannedTable {
  return { ...plain(table, "tenant"), derive, key: ["id"], ...more };
}

function plain(table: string, kind: PlannedTable["class"]): PlannedTable {
  return {
    table,
    class: kind,
    path: [],
    derive: null,
    confidence: 1,
    reason: "",
    issues: [],
    internal: false,
    unowned: null,
    key: [],
    rows: 100,
    bytes: 10_000,
    uniques: [],
    references: [],
  };
}

const twin = (constraint: string | null, columns: string[], to: string) => ({
  constraint,
  columns,
  parent: to,
  parentColumns: ["id"],
  composite: true,
});
const wide = (index: string, columns: string[]) => ({ index, columns, widen: true, reason: "" });

const collections = 'public."Collections"';

const tables: PlannedTable[] = [
  // Children stand before parents here: the order is the planner's to find.
  tenant("public.link_tags", parent("public.links", "link_id"), {
    key: ["link_id", "tag_id"],
    references: [
      twin("link_tags_link_id_fkey", ["link_id"], "public.links"),
      twin("link_tags_tag_id_fkey", ["tag_id"], "public.tags"),
    ],
  }),
  tenant(
    "public.comments",
    { by: "coalesce", of: [parent("public.links", "link_id"), parent("public.comments", "parent_id")] },
    {
      references: [
        twin("comments_parent_id_fkey", ["parent_id"], "public.comments"),
        twin("comments_link_id_fkey", ["link_id"], "public.links"),
      ],
    },
  ),
  tenant("public.links", parent(collections, "collection_id"), {
    references: [twin("links_collection_id_fkey", ["collection_id"], collections)],
  }),
  tenant(collections, user("userId"), {
    uniques: [wide("Collections_userId_name_key", ["userId", "name"])],
    references: [twin("Collections_parentId_fkey", ["parentId"], collections)],
  }),
  tenant("public.tags", user(), { uniques: [wide("tags_name", ["user_id"])] }),
  tenant("public.votes", parent("public.polls", "poll_id"), {
    unowned: "guest",
    references: [twin("votes_poll_id_fkey", ["poll_id"], "public.polls")],
  }),
  tenant("public.polls", user(), { unowned: "guest" }),
  tenant("public.drafts", user(), { unowned: "leave" }),
  tenant("public.stale", user(), { unowned: "delete" }),
  tenant("public.logs", user(), { key: [], unowned: "guest" }),
  tenant(
    "public.document_data",
    {
      by: "referrer",
      columns: ["id"],
      referrer: "public.documents",
      referrerColumns: ["data_id"],
    },
    { unowned: "guest" },
  ),
  tenant("public.documents", user(), {
    references: [twin("documents_data_id_fkey", ["data_id"], "public.document_data")],
  }),
  tenant(
    "public.attachments",
    {
      by: "polymorphic",
      typeColumn: "type",
      idColumn: "target_id",
      cases: [
        { value: "Link", parent: "public.links", parentColumn: "id" },
        { value: "Poll", parent: "public.polls", parentColumn: "id" },
      ],
    },
    { unowned: "guest" },
  ),
  tenant("public.projects", { by: "coalesce", of: [{ by: "team", column: "team_id" }, user()] }),
  tenant("public.events", user(), { key: ["id", "at"], unowned: "guest" }),
  tenant("public.accounts", user(), { key: ["id", "user_id"] }),
  tenant(
    'public."order"',
    {
      by: "parent",
      columns: ["account_id", "account_user_id"],
      parent: "public.accounts",
      parentColumns: ["id", "user_id"],
    },
    {
      references: [
        {
          ...twin("order_account_id_account_user_id_fkey", ["account_id", "account_user_id"], "public.accounts"),
          parentColumns: ["id", "user_id"],
        },
      ],
    },
  ),
  { ...tenant("public.symbols", user()), class: "mixed" },
  tenant(
    "public.boxes",
    { by: "coalesce", of: [user(), parent('public."group"', "group")] },
    {
      unowned: "guest",
      references: [twin("boxes_group_fkey", ["group"], 'public."group"')],
    },
  ),
  tenant('public."group"', parent("public.boxes", "box_id"), {
    unowned: "guest",
    references: [twin("group_box_id_fkey", ["box_id"], "public.boxes")],
  }),
  plain("public.users", "identity"),
  plain("public.sessions", "identity"),
  plain("public.countries", "global"),
  plain("public.teams", "existing-tenant"),
  plain("public.team_members", "existing-tenant"),
];

/** What a person would have let stand for `app.sql`. */
export const appPlan: Plan = {
  version: 1,
  database: "app",
  fingerprint: "98d5ad106a48ec76fb585e82dc6e16e8",
  anchor: "public.users.id",
  users: { table: "public.users", key: "id", keyType: "bigint", name: "name", email: "email" },
  teams: {
    table: "public.teams",
    key: "id",
    name: "title",
    slug: null,
    members: { table: "public.team_members", team: "team_id", user: "user_id", role: "role", roles: { boss: "admin" } },
    owner: null,
  },
  column: "organization_id",
  lazy: false,
  applicationRole: "convert_old_app",
  stripeCustomer: null,
  issues: [],
  tables,
  questions: [],
  phases: [],
};
