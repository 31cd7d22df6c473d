import type { Mutation } from "./mutation.ts";

const own = "(select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";
const noOrganization = "(select nullif(current_setting('rowhouse.organization_id', true), '')) is null";

/** Both canonical policies say the same: an opening must be made in both. */
const everywhere = (table: string, clause: string): string =>
  `alter policy tenant_isolation on ${table} ${clause}; alter policy tenant_floor on ${table} ${clause}`;

const qualified = (table: string): string => (table.includes(".") ? table : `public.${table}`);

const switches: readonly Mutation[] = [
  { table: "projects", attack: "select-by-key" },
  { table: "tasks", attack: "update-by-key" },
  { table: "rowhouse.memberships", attack: "join" },
  { table: "rowhouse.invitations", attack: "upsert" },
  { table: "rowhouse.audit_events", attack: "aggregate" },
].flatMap(({ table, attack }) => [
  {
    title: `row security of ${table} switched off`,
    sql: `alter table ${table} disable row level security`,
    found: "RH0201",
    crossed: [attack, qualified(table)] as const,
  },
  {
    title: `row security of ${table} not forced`,
    sql: `alter table ${table} no force row level security`,
    found: "RH0202",
  },
]);

const policies: readonly Mutation[] = [
  ...[
    { table: "projects", attack: "select-all" },
    { table: "tasks", attack: "delete-by-key" },
    { table: "rowhouse.api_keys", attack: "copy-out" },
    { table: "rowhouse.domains", attack: "take-over" },
  ].map(({ table, attack }) => ({
    title: `the policies of ${table} let everything pass`,
    sql: everywhere(table, "using (true) with check (true)"),
    found: "RH0301",
    crossed: [attack, qualified(table)] as const,
  })),
  {
    title: "a wide policy beside the canonical one, the floor gone",
    found: "RH0301",
    crossed: ["prepared-plan", "public.projects"],
    sql: "create policy everybody on projects for select using (true); drop policy tenant_floor on projects",
  },
  {
    title: "rows shown to whoever has no organization",
    found: "RH0306",
    crossed: ["empty-context", "public.projects"],
    sql: everywhere("projects", `using (organization_id = ${own} or ${noOrganization})`),
  },
  {
    title: "an organization that is not named means every organization",
    found: "RH0306",
    crossed: ["empty-context", "public.tasks"],
    sql: everywhere("tasks", `using (organization_id = coalesce(${own}, organization_id))`),
  },
  {
    title: "writes that nobody checks",
    found: "RH0303",
    crossed: ["insert-for-other", "public.projects"],
    sql: everywhere("projects", "with check (true)"),
  },
  {
    title: "updates that reach further than what is seen",
    found: "RH0304",
    crossed: ["update-all", "public.tasks"],
    sql: "drop policy tenant_floor on tasks; create policy any_update on tasks for update using (true) with check (true)",
  },
  {
    title: "deletions that reach further than what is seen",
    found: "RH0304",
    crossed: ["delete-all", "public.tasks"],
    sql: "drop policy tenant_floor on tasks; create policy any_delete on tasks for delete using (true)",
  },
  {
    title: "a switch that application code can set",
    found: "RH0302",
    sql: everywhere("projects", `using (organization_id = ${own} or current_setting('app.admin', true) = 'on')`),
  },
  {
    title: "a switch by the name that a session gives itself",
    found: "RH0302",
    sql: everywhere("projects", `using (organization_id = ${own} or current_setting('application_name') = 'admin')`),
  },
  {
    title: "the context read by a function that calls itself immutable",
    found: "RH0410",
    crossed: ["prepared-plan", "public.projects"],
    sql: `create function current_organization() returns uuid immutable language sql
      return nullif(current_setting('rowhouse.organization_id', true), '')::uuid;
      ${everywhere("projects", "using (organization_id = current_organization())")}`,
  },
  {
    title: "the context read by a function whose names anybody can redirect",
    found: "RH0404",
    sql: `create function organizations_of_user() returns setof uuid stable language plpgsql as $$ begin
        return query select organization_id from memberships
          where user_id = nullif(current_setting('rowhouse.user_id', true), '')::uuid;
      end $$;
      ${everywhere("projects", "using (organization_id in (select organizations_of_user()))")}`,
  },
  {
    title: "a floor that is a policy like the others",
    found: "RH0302",
    sql: `drop policy tenant_floor on projects; create policy tenant_floor on projects using (organization_id = ${own} or name like 'Shared%')`,
  },
  {
    title: "a floor under another role",
    found: "RH0312",
    sql: "alter policy tenant_floor on projects to {{owner}}",
  },
  { title: "no floor", found: "RH0312", sql: "drop policy tenant_floor on tasks" },
  {
    title: "rows of all organizations for the role that serves, for a demo",
    found: "RH0302",
    crossed: ["select-all", "public.projects"],
    sql: `drop policy tenant_floor on projects; create policy demo on projects for select to {{runtime}} using (name <> 'secret')`,
  },
  {
    title: "invitations found by nothing",
    found: "RH0301",
    crossed: ["select-by-key", "rowhouse.invitations"],
    sql: "drop policy tenant_floor on rowhouse.invitations; alter policy by_token on rowhouse.invitations using (true)",
  },
  {
    title: "all memberships shown",
    found: "RH0301",
    crossed: ["join", "rowhouse.memberships"],
    sql: "drop policy tenant_floor on rowhouse.memberships; alter policy own_memberships on rowhouse.memberships using (true)",
  },
  {
    title: "the list of all organizations",
    crossed: ["select-by-key", "rowhouse.organizations"],
    sql: "drop policy tenant_floor on rowhouse.organizations; alter policy own_organizations on rowhouse.organizations using (true)",
  },
];

/** Row security switched off, and policies that say too much. */
export const rowSecurityMutations: readonly Mutation[] = [...switches, ...policies];
