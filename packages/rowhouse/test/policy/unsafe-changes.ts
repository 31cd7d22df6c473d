/** Makes a safe database unsafe, and safe again. */
export interface UnsafeChange {
  readonly title: string;
  readonly break: readonly string[];
  readonly finding: RegExp;
  readonly mend: readonly string[];
  /** Something alike that is no harm, and how to take it back. */
  readonly near: readonly string[];
  readonly undo: readonly string[];
}

const condition = "organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";
const isolation = `create policy tenant_isolation on projects for all to public using (${condition}) with check (${condition})`;
const floor = `create policy tenant_floor on projects as restrictive for all to public using (${condition}) with check (${condition})`;

/** Changes of tables: for the runtime role. */
export const tableCases: readonly UnsafeChange[] = [
  {
    title: "row security switched off",
    break: ["alter table projects disable row level security"],
    finding: /projects: row security is off/,
    mend: ["alter table projects enable row level security"],
    near: ["alter table plans enable row level security"],
    undo: ["alter table plans disable row level security"],
  },
  {
    title: "row security not forced",
    break: ["alter table projects no force row level security"],
    finding: /projects: row security is not forced/,
    mend: ["alter table projects force row level security"],
    near: ["comment on table projects is 'no force'"],
    undo: ["comment on table projects is null"],
  },
  {
    title: "the isolating policy dropped",
    break: ["drop policy tenant_isolation on projects"],
    finding: /projects: policy tenant_isolation is missing/,
    mend: [isolation],
    near: ["create policy tenant_isolation on plans for select using (true)"],
    undo: ["drop policy tenant_isolation on plans"],
  },
  {
    title: "the floor dropped",
    break: ["drop policy tenant_floor on projects"],
    finding: /projects: policy tenant_floor is missing/,
    mend: [floor],
    near: ["comment on policy tenant_floor on projects is 'dropped'"],
    undo: ["comment on policy tenant_floor on projects is null"],
  },
  {
    title: "the floor altered to let everything pass",
    break: ["alter policy tenant_floor on projects using (true)"],
    finding: /projects: policy tenant_floor is altered/,
    mend: [`alter policy tenant_floor on projects using (${condition})`],
    near: [`alter policy tenant_floor on projects using (${condition})`],
    undo: [],
  },
  {
    title: "the check of a policy altered",
    break: ["alter policy tenant_isolation on projects with check (true)"],
    finding: /projects: policy tenant_isolation is altered/,
    mend: [`alter policy tenant_isolation on projects with check (${condition})`],
    near: [`alter policy tenant_isolation on projects with check ( ( ${condition} ) )`],
    undo: [],
  },
  {
    title: "the floor made permissive",
    break: ["drop policy tenant_floor on projects", floor.replace("as restrictive ", "")],
    finding: /projects: policy tenant_floor is altered/,
    mend: ["drop policy tenant_floor on projects", floor],
    near: [],
    undo: [],
  },
  {
    title: "the floor for one role alone",
    break: ["alter policy tenant_floor on projects to rowhouse_identity"],
    finding: /projects: policy tenant_floor is altered/,
    mend: ["alter policy tenant_floor on projects to public"],
    near: [],
    undo: [],
  },
  {
    title: "a unique key over all tenants",
    break: ["create unique index loose on projects (name)"],
    finding: /projects: unique key loose does not begin with organization_id/,
    mend: ["drop index loose"],
    near: [
      "create index loose on projects (name)",
      "create unique index tight on projects (organization_id, lower(name))",
    ],
    undo: ["drop index loose", "drop index tight"],
  },
  {
    title: "a foreign key that leaves the organization out",
    break: [
      "alter table projects add constraint by_id unique (id)",
      "alter table tasks add constraint loose foreign key (project_id) references projects (id)",
    ],
    finding: /tasks: foreign key loose does not begin with organization_id/,
    mend: ["alter table tasks drop constraint loose", "alter table projects drop constraint by_id"],
    near: ["alter table projects add column plan text references plans (code)"],
    undo: ["alter table projects drop column plan"],
  },
  {
    title: "an organization_id that may be null",
    break: ["alter table tasks drop constraint tasks_pkey", "alter table tasks alter organization_id drop not null"],
    finding: /tasks: organization_id may be null/,
    mend: [
      "alter table tasks alter organization_id set not null",
      "alter table tasks add primary key (organization_id, id)",
    ],
    near: ["alter table tasks alter title drop not null"],
    undo: ["alter table tasks alter title set not null"],
  },
  {
    title: "a tenant table that is gone",
    break: ["alter table tasks rename to tasks_old", "revoke all on tasks_old from rowhouse_runtime"],
    finding: /tasks: does not exist or cannot be seen/,
    mend: [
      "alter table tasks_old rename to tasks",
      "grant select, insert, update, delete on tasks to rowhouse_runtime",
    ],
    near: [],
    undo: [],
  },
  {
    title: "an unlisted table with organization_id, open to the runtime role",
    break: ["create table forgotten (organization_id uuid)", "grant select on forgotten to rowhouse_runtime"],
    finding: /public\.forgotten: has organization_id/,
    mend: ["drop table forgotten"],
    near: [
      "create table forgotten (organization_id uuid)",
      "create table harmless (organization text)",
      "grant select on harmless to rowhouse_runtime",
    ],
    undo: ["drop table forgotten", "drop table harmless"],
  },
  {
    title: "TRUNCATE granted",
    break: ["grant truncate on projects to rowhouse_runtime"],
    finding: /public\.projects: rowhouse_runtime may TRUNCATE it/,
    mend: ["revoke truncate on projects from rowhouse_runtime"],
    near: ["grant truncate on projects to rowhouse_operator"],
    undo: ["revoke truncate on projects from rowhouse_operator"],
  },
  {
    title: "TRUNCATE granted to everybody on a table of the control plane",
    break: ["grant truncate on rowhouse.memberships to public"],
    finding: /rowhouse\.memberships: rowhouse_runtime may TRUNCATE it/,
    mend: ["revoke truncate on rowhouse.memberships from public"],
    near: [],
    undo: [],
  },
  {
    title: "a tenant table that the runtime role cannot read, so that nothing is proved,",
    break: ["revoke select on tasks from rowhouse_runtime"],
    finding: /cannot be tried out: permission denied/,
    mend: ["grant select on tasks to rowhouse_runtime"],
    near: ["revoke delete on tasks from rowhouse_runtime"],
    undo: ["grant delete on tasks to rowhouse_runtime"],
  },
  {
    title: "row security of the control plane switched off",
    break: ["alter table rowhouse.memberships disable row level security"],
    finding: /rowhouse\.memberships: row security is off/,
    mend: ["alter table rowhouse.memberships enable row level security"],
    near: ["comment on table rowhouse.memberships is 'off'"],
    undo: ["comment on table rowhouse.memberships is null"],
  },
  {
    title: "the floor of the control plane altered",
    break: ["alter policy tenant_floor on rowhouse.organizations using (true)"],
    finding: /rowhouse\.organizations: policy tenant_floor is altered/,
    mend: [
      `alter policy tenant_floor on rowhouse.organizations using (
        id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)
        or id = any (array(select organization_id from rowhouse.memberships
          where user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid))))`,
    ],
    near: ["alter table rowhouse.organizations force row level security"],
    undo: [],
  },
];

const ownMemberships = "user_id = (select nullif(current_setting('rowhouse.user_id', true), '')::uuid)";

/** Policies that no migration made, and what the guard knows of the others. */
export const driftCases: readonly UnsafeChange[] = [
  {
    title: "a policy added to a tenant table by hand",
    break: ["create policy everybody on projects for select using (true)"],
    finding: /projects: policy everybody is added \(since the last migration/,
    mend: ["drop policy everybody on projects"],
    near: ["create policy everybody on plans for select using (true)"],
    undo: ["drop policy everybody on plans"],
  },
  {
    title: "a policy of the control plane that differs from what the migrations made",
    break: ["alter policy own_memberships on rowhouse.memberships using (true)"],
    finding: /rowhouse\.memberships: policy own_memberships is altered/,
    mend: [`alter policy own_memberships on rowhouse.memberships using (${ownMemberships})`],
    near: [`alter policy own_memberships on rowhouse.memberships using ( ( ${ownMemberships} ) )`],
    undo: [],
  },
  {
    title: "a policy of the control plane for other roles",
    break: ["alter policy own_memberships on rowhouse.memberships to rowhouse_runtime"],
    finding: /rowhouse\.memberships: policy own_memberships is altered/,
    mend: ["alter policy own_memberships on rowhouse.memberships to public"],
    near: [],
    undo: [],
  },
  {
    title: "a policy of the control plane dropped",
    break: ["drop policy own_memberships on rowhouse.memberships"],
    finding: /rowhouse\.memberships: policy own_memberships is missing/,
    mend: [`create policy own_memberships on rowhouse.memberships for select using (${ownMemberships})`],
    near: [],
    undo: [],
  },
  {
    title: "a floor of the control plane that names the setting and lets everything pass",
    break: [`alter policy tenant_floor on rowhouse.outbox using (${condition} or true)`],
    finding: /rowhouse\.outbox: policy tenant_floor is altered \(since the last migration/,
    mend: [`alter policy tenant_floor on rowhouse.outbox using (${condition})`],
    near: [],
    undo: [],
  },
  {
    title: "a table whose policies were never recorded",
    break: ["update rowhouse.policy_manifest set table_name = 'elsewhere' where table_name = 'tasks'"],
    finding: /tasks: its policies were never recorded/,
    mend: ["update rowhouse.policy_manifest set table_name = 'tasks' where table_name = 'elsewhere'"],
    near: ["insert into rowhouse.policy_manifest values ('public', 'unlisted', '{}', '')"],
    undo: ["delete from rowhouse.policy_manifest where table_name = 'unlisted'"],
  },
  {
    title: "a manifest that the runtime role may write",
    break: ["grant update (policies) on rowhouse.policy_manifest to rowhouse_runtime"],
    finding: /rowhouse\.policy_manifest: rowhouse_runtime may write what policies are compared with/,
    mend: ["revoke update (policies) on rowhouse.policy_manifest from rowhouse_runtime"],
    near: ["grant update on rowhouse.policy_manifest to rowhouse_operator"],
    undo: ["revoke update on rowhouse.policy_manifest from rowhouse_operator"],
  },
  {
    title: "a manifest that the runtime role cannot read",
    break: ["revoke select on rowhouse.policy_manifest from rowhouse_runtime"],
    finding: /cannot be tried out: permission denied for table policy_manifest/,
    mend: ["grant select on rowhouse.policy_manifest to rowhouse_runtime"],
    near: ["grant select on rowhouse.policy_manifest to rowhouse_operator"],
    undo: ["revoke select on rowhouse.policy_manifest from rowhouse_operator"],
  },
  {
    title: "no manifest",
    break: ["alter table rowhouse.policy_manifest rename to elsewhere"],
    finding: /rowhouse\.policy_manifest: does not exist/,
    mend: ["alter table rowhouse.elsewhere rename to policy_manifest"],
    near: [],
    undo: [],
  },
];

const anyOrganization = "current_setting('rowhouse.organization_id', true) <> ''";

/** What the guard sees when it tries the tables out. */
export const lookCases: readonly UnsafeChange[] = [
  {
    title: "a canary that others see",
    break: ["alter table rowhouse.canaries disable row level security"],
    finding: /rowhouse\.canaries: shows rows to a session without a tenant/,
    mend: ["alter table rowhouse.canaries enable row level security"],
    near: ["comment on table rowhouse.canaries is 'seen'"],
    undo: ["comment on table rowhouse.canaries is null"],
  },
  {
    title: "a canary that its own organization does not see, so that nothing is proved,",
    break: ["delete from rowhouse.canaries"],
    finding: /rowhouse\.canaries: does not show the canary in its own context/,
    mend: ["insert into rowhouse.canaries values ('ffffffff-ffff-ffff-ffff-ffffffffffff')"],
    near: ["delete from projects where name = 'no such name'"],
    undo: [],
  },
  {
    title: "a table that shows its rows to every organization",
    break: ["tenant_isolation", "tenant_floor"].map(
      (name) => `alter policy ${name} on projects using (${anyOrganization})`,
    ),
    finding: /projects: shows rows to an organization that does not own them/,
    mend: ["tenant_isolation", "tenant_floor"].map((name) => `alter policy ${name} on projects using (${condition})`),
    near: ["update projects set name = name"],
    undo: [],
  },
  {
    title: "a policy that cannot be evaluated, so that nothing is proved,",
    break: ["create policy broken on projects as restrictive using (current_setting('no.such_setting') = '')"],
    finding: /cannot be tried out: unrecognized configuration parameter "no\.such_setting"/,
    mend: ["drop policy broken on projects"],
    near: [],
    undo: [],
  },
];

/** Changes of a role or of defaults: `{{stand_in}}` is a role of the test's own, `current_db` its database. */
export const settingCases: readonly UnsafeChange[] = [
  ...["all", "role"].flatMap((scope) => {
    const target = scope === "all" ? "database current_db" : "role {{stand_in}} in database current_db";
    return ["rowhouse.organization_id", '"ROWHOUSE.Organization_Id"'].map((setting) => ({
      title: `ALTER ${scope === "all" ? "DATABASE" : "ROLE … IN DATABASE"} SET ${setting}`,
      break: [`alter ${target} set ${setting} = '0190a000-0000-7000-8000-000000000009'`],
      finding: /rowhouse\.organization_id=0190a000.*: gives sessions a tenant/i,
      mend: [`alter ${target} reset all`],
      near: [`alter ${target} set work_mem = '8MB'`],
      undo: [`alter ${target} reset all`],
    }));
  }),
  {
    title: "ALTER ROLE SET row_security = off",
    break: ["alter role {{stand_in}} set row_security = off"],
    finding: /row_security=off: gives sessions/,
    mend: ["alter role {{stand_in}} reset row_security"],
    near: ["alter role {{stand_in}} set row_security = on"],
    undo: ["alter role {{stand_in}} reset row_security"],
  },
  ...["superuser", "bypassrls", "createrole", "createdb", "replication"].map((power) => ({
    title: `the attribute ${power}`,
    break: [`alter role {{stand_in}} ${power}`],
    finding: new RegExp(`has or can take ${power.toUpperCase()}`),
    mend: [`alter role {{stand_in}} no${power}`],
    near: ["alter role {{stand_in}} connection limit 5"],
    undo: ["alter role {{stand_in}} connection limit -1"],
  })),
  ...["pg_read_all_data", "pg_write_all_data", "pg_execute_server_program", "rowhouse_operator"].map((role) => ({
    title: `membership in ${role}`,
    break: [`grant ${role} to {{stand_in}}`],
    finding: new RegExp(`has or can take .*${role === "rowhouse_operator" ? "BYPASSRLS" : role}`),
    mend: [`revoke ${role} from {{stand_in}}`],
    near: ["grant pg_read_all_settings to {{stand_in}}"],
    undo: ["revoke pg_read_all_settings from {{stand_in}}"],
  })),
  {
    title: "ALTER ROLE SET session_replication_role",
    break: ["alter role {{stand_in}} set session_replication_role = replica"],
    finding: /session_replication_role=replica: gives sessions/,
    mend: ["alter role {{stand_in}} reset session_replication_role"],
    // these change how policies are printed, and not what they say
    near: [
      "alter role {{stand_in}} set search_path = rowhouse, public",
      "alter role {{stand_in}} set quote_all_identifiers = on",
    ],
    undo: ["alter role {{stand_in}} reset search_path", "alter role {{stand_in}} reset quote_all_identifiers"],
  },
  {
    title: "membership in the owner of the tables",
    break: ["grant rowhouse_owner to {{stand_in}}"],
    finding: /public\.projects: is owned by stand_in/,
    mend: ["revoke rowhouse_owner from {{stand_in}}"],
    near: ["grant usage on schema public to {{stand_in}}"],
    undo: ["revoke usage on schema public from {{stand_in}}"],
  },
];
