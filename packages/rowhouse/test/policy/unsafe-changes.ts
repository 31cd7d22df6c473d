/** Makes a safe database unsafe. */
export interface UnsafeChange {
  readonly title: string;
  readonly break: readonly string[];
  readonly finding: RegExp;
  /** Something alike that is no harm. */
  readonly near?: readonly string[];
}

const condition = "organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";
const floor = `create policy tenant_floor on projects as restrictive for all to public using (${condition}) with check (${condition})`;

/** Changes of tables: for the runtime role. */
export const tableCases: readonly UnsafeChange[] = [
  {
    title: "row security switched off",
    break: ["alter table projects disable row level security"],
    finding: /projects: row security is off/,
    near: ["alter table plans enable row level security"],
  },
  {
    title: "row security not forced",
    break: ["alter table projects no force row level security"],
    finding: /projects: row security is not forced/,
    near: ["comment on table projects is 'no force'"],
  },
  {
    title: "the isolating policy dropped",
    break: ["drop policy tenant_isolation on projects"],
    finding: /projects: policy tenant_isolation is missing/,
    near: ["create policy tenant_isolation on plans for select using (true)"],
  },
  {
    title: "the floor dropped",
    break: ["drop policy tenant_floor on projects"],
    finding: /projects: policy tenant_floor is missing/,
    near: ["comment on policy tenant_floor on projects is 'dropped'"],
  },
  {
    title: "the floor altered to let everything pass",
    break: ["alter policy tenant_floor on projects using (true)"],
    finding: /projects: policy tenant_floor is altered/,
    near: [`alter policy tenant_floor on projects using (${condition})`],
  },
  {
    title: "the check of a policy altered",
    break: ["alter policy tenant_isolation on projects with check (true)"],
    finding: /projects: policy tenant_isolation is altered/,
    near: [`alter policy tenant_isolation on projects with check ( ( ${condition} ) )`],
  },
  {
    title: "a policy that reads a setting of another name",
    break: [`alter policy tenant_isolation on projects using (${condition.replace("rowhouse.", "app.")})`],
    finding: /projects: policy tenant_isolation is altered/,
  },
  {
    title: "the floor made permissive",
    break: ["drop policy tenant_floor on projects", floor.replace("as restrictive ", "")],
    finding: /projects: policy tenant_floor is altered/,
  },
  {
    title: "the floor for one role alone",
    break: ["alter policy tenant_floor on projects to rowhouse_identity"],
    finding: /projects: policy tenant_floor is altered/,
  },
  {
    title: "a unique key over all tenants",
    break: ["create unique index loose on projects (name)"],
    finding: /projects: unique key loose leaves organization_id out/,
    near: [
      "create index loose on projects (name)",
      "create unique index tight on projects (organization_id, lower(name))",
      "create unique index as_tight on projects (name, organization_id)",
    ],
  },
  {
    title: "a primary key of words that people choose",
    break: ["alter table tasks drop constraint tasks_pkey", "alter table tasks add primary key (title)"],
    finding: /tasks: primary key tasks_pkey leaves organization_id out/,
    near: ["alter table tasks drop constraint tasks_pkey", "alter table tasks add primary key (id)"],
  },
  {
    title: "a unique key below a parent whose key is one's only with the organization",
    break: ["create unique index loose on tasks (project_id, title)"],
    finding: /tasks: unique key loose leaves organization_id out/,
  },
  {
    title: "a floor like that of a conversion, with a wider door",
    break: [
      "drop policy tenant_floor on projects",
      `create policy tenant_floor_until_contract on projects as restrictive for all to public using (${condition} or true) with check (${condition} or true)`,
    ],
    finding: /projects: policy tenant_floor is missing/,
  },
  {
    title: "a foreign key that leaves the organization out",
    break: [
      "alter table projects add constraint by_id unique (id)",
      "alter table tasks add constraint loose foreign key (project_id) references projects (id)",
      "alter table tasks drop constraint tasks_organization_id_project_id_fkey",
    ],
    finding: /tasks: foreign key loose leaves organization_id out/,
    near: ["alter table projects add column plan text references plans (code)"],
  },
  {
    title: "an organization_id that may be null",
    break: ["alter table tasks drop constraint tasks_pkey", "alter table tasks alter organization_id drop not null"],
    finding: /tasks: organization_id may be null/,
    near: ["alter table tasks alter title drop not null"],
  },
  {
    title: "a tenant table that is gone",
    break: ["alter table tasks rename to tasks_old", "revoke all on tasks_old from rowhouse_runtime"],
    finding: /tasks: does not exist or cannot be seen/,
  },
  {
    title: "an unlisted table with organization_id, open to the runtime role",
    break: ["create table forgotten (organization_id uuid)", "grant select on forgotten to rowhouse_runtime"],
    finding: /public\.forgotten: has organization_id/,
    near: [
      "create table forgotten (organization_id uuid)",
      "create table harmless (organization text)",
      "grant select on harmless to rowhouse_runtime",
    ],
  },
  {
    title: "TRUNCATE granted",
    break: ["grant truncate on projects to rowhouse_runtime"],
    finding: /public\.projects: rowhouse_runtime may TRUNCATE it/,
    near: ["grant truncate on projects to rowhouse_operator"],
  },
  {
    title: "TRUNCATE granted to everybody on a table of the control plane",
    break: ["grant truncate on rowhouse.memberships to public"],
    finding: /rowhouse\.memberships: rowhouse_runtime may TRUNCATE it/,
  },
  {
    title: "a tenant table that the runtime role cannot read, so that nothing is proved,",
    break: ["revoke select on tasks from rowhouse_runtime"],
    finding: /cannot be tried out: permission denied/,
    near: ["revoke delete on tasks from rowhouse_runtime"],
  },
  {
    title: "row security of the control plane switched off",
    break: ["alter table rowhouse.memberships disable row level security"],
    finding: /rowhouse\.memberships: row security is off/,
    near: ["comment on table rowhouse.memberships is 'off'"],
  },
  {
    title: "the floor of the control plane altered",
    break: ["alter policy tenant_floor on rowhouse.organizations using (true)"],
    finding: /rowhouse\.organizations: policy tenant_floor is altered/,
    near: ["alter table rowhouse.organizations force row level security"],
  },
];

const ownMemberships = "user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid)";

/** Policies that no migration made, and what the guard knows of the others. */
export const driftCases: readonly UnsafeChange[] = [
  {
    title: "a policy added to a tenant table by hand",
    break: ["create policy everybody on projects for select using (true)"],
    finding: /projects: policy everybody is added \(since the last migration/,
    near: ["create policy everybody on plans for select using (true)"],
  },
  {
    title: "a policy of the control plane that differs from what the migrations made",
    break: ["alter policy own_memberships on rowhouse.memberships using (true)"],
    finding: /rowhouse\.memberships: policy own_memberships is altered/,
    near: [`alter policy own_memberships on rowhouse.memberships using ( ( ${ownMemberships} ) )`],
  },
  {
    title: "a policy of the control plane for other roles",
    break: ["alter policy own_memberships on rowhouse.memberships to rowhouse_runtime"],
    finding: /rowhouse\.memberships: policy own_memberships is altered/,
  },
  {
    title: "a policy of the control plane dropped",
    break: ["drop policy own_memberships on rowhouse.memberships"],
    finding: /rowhouse\.memberships: policy own_memberships is missing/,
  },
  {
    title: "a floor of the control plane that names the setting and lets everything pass",
    break: [`alter policy tenant_floor on rowhouse.outbox using (${condition} or true)`],
    finding: /rowhouse\.outbox: policy tenant_floor is altered \(since the last migration/,
  },
  {
    title: "a table whose policies were never recorded",
    break: ["update rowhouse.policy_manifest set table_name = 'elsewhere' where table_name = 'tasks'"],
    finding: /tasks: its policies were never recorded/,
    near: ["insert into rowhouse.policy_manifest values ('public', 'unlisted', '{}', '')"],
  },
  {
    title: "a manifest that the runtime role may write",
    break: ["grant update (policies) on rowhouse.policy_manifest to rowhouse_runtime"],
    finding: /rowhouse\.policy_manifest: rowhouse_runtime may write what policies are compared with/,
    near: ["grant update on rowhouse.policy_manifest to rowhouse_operator"],
  },
  {
    title: "a manifest that the runtime role cannot read",
    break: ["revoke select on rowhouse.policy_manifest from rowhouse_runtime"],
    finding: /cannot be tried out: permission denied for table policy_manifest/,
    near: ["grant select on rowhouse.policy_manifest to rowhouse_operator"],
  },
  {
    title: "no manifest",
    break: ["alter table rowhouse.policy_manifest rename to elsewhere"],
    finding: /rowhouse\.policy_manifest: does not exist/,
  },
];

const anyOrganization = "current_setting('rowhouse.organization_id', true) <> ''";

/** What the guard sees when it tries the tables out. */
export const lookCases: readonly UnsafeChange[] = [
  {
    title: "a canary that others see",
    break: ["alter table rowhouse.canaries disable row level security"],
    finding: /rowhouse\.canaries: shows rows to a session without a tenant/,
    near: ["comment on table rowhouse.canaries is 'seen'"],
  },
  {
    title: "a canary that its own organization does not see, so that nothing is proved,",
    break: ["delete from rowhouse.canaries"],
    finding: /rowhouse\.canaries: does not show the canary in its own context/,
    near: ["delete from projects where name = 'no such name'"],
  },
  {
    title: "a table that shows its rows to every organization",
    break: ["tenant_isolation", "tenant_floor"].map(
      (name) => `alter policy ${name} on projects using (${anyOrganization})`,
    ),
    finding: /projects: shows rows to an organization that does not own them/,
    near: ["update projects set name = name"],
  },
  {
    title: "a policy that cannot be evaluated, so that nothing is proved,",
    break: ["create policy endless on projects as restrictive using (exists (select from projects))"],
    finding: /cannot be tried out: infinite recursion detected in policy for relation "projects"/,
    near: ["comment on policy tenant_floor on projects is 'endless'"],
  },
];
