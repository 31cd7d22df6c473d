import type { UnsafeChange } from "./unsafe-changes.ts";

/** Changes of a role or of defaults: `{{stand_in}}` is a role of the test's own, `current_db` its database. */
export const settingCases: readonly UnsafeChange[] = [
  ...["all", "role"].flatMap((scope) => {
    const target = scope === "all" ? "database current_db" : "role {{stand_in}} in database current_db";
    return ["rowhouse.organization_id", '"ROWHOUSE.Organization_Id"'].map((setting) => ({
      title: `ALTER ${scope === "all" ? "DATABASE" : "ROLE … IN DATABASE"} SET ${setting}`,
      break: [`alter ${target} set ${setting} = '0190a000-0000-7000-8000-000000000009'`],
      finding: /rowhouse\.organization_id=0190a000.*: gives sessions a tenant/i,
      near: [`alter ${target} set work_mem = '8MB'`],
    }));
  }),
  {
    title: "ALTER ROLE SET row_security = off",
    break: ["alter role {{stand_in}} set row_security = off"],
    finding: /row_security=off: gives sessions/,
    near: ["alter role {{stand_in}} set row_security = on"],
  },
  ...["superuser", "bypassrls", "createrole", "createdb", "replication"].map((power) => ({
    title: `the attribute ${power}`,
    break: [`alter role {{stand_in}} ${power}`],
    finding: new RegExp(`has or can take ${power.toUpperCase()}`),
    near: ["alter role {{stand_in}} connection limit 5"],
  })),
  ...["pg_read_all_data", "pg_write_all_data", "pg_execute_server_program", "rowhouse_operator"].map((role) => ({
    title: `membership in ${role}`,
    break: [`grant ${role} to {{stand_in}}`],
    finding: new RegExp(`has or can take .*${role === "rowhouse_operator" ? "BYPASSRLS" : role}`),
    near: ["grant pg_read_all_settings to {{stand_in}}"],
  })),
  {
    title: "ALTER ROLE SET session_replication_role",
    break: ["alter role {{stand_in}} set session_replication_role = replica"],
    finding: /session_replication_role=replica: gives sessions/,
    near: ["alter role {{stand_in}} set search_path = rowhouse, public"],
  },
  {
    title: "membership in the owner of the tables",
    break: ["grant rowhouse_owner to {{stand_in}}"],
    finding: /public\.projects: is owned by stand_in/,
    near: ["grant usage on schema public to {{stand_in}}"],
  },
];
