/** What the connected role could do against tenants. Every list is empty for a good runtime role. */
export interface RoleFacts {
  readonly name: string;
  /** Attributes, of itself or of any role that it can become: SUPERUSER, BYPASSRLS, … and dangerous predefined roles. */
  readonly powers: readonly string[];
  /** Relations it owns, itself or through membership. */
  readonly owned: readonly string[];
  readonly truncatable: readonly string[];
  /** Tables with `organization_id` that it may touch and the settings do not list. */
  readonly unlisted: readonly string[];
  /** Settings of the role or database that fix a tenant or weaken row security. */
  readonly defaults: readonly string[];
  /** It may change what the guard compares policies with. */
  readonly writesManifest: boolean;
  /** It may read or write the keys of sealed contexts, or call what makes a seal. */
  readonly forgesSeals: boolean;
}

/** One row of {@link RoleFacts} about the connected role. `$2` and `$3`: schemas and names of the listed tables. */
export const roleFactsQuery = `
with me as (select oid, rolname from pg_catalog.pg_roles where rolname = current_user),
reachable as (
  select r.* from pg_catalog.pg_roles r, me where pg_catalog.pg_has_role(me.oid, r.oid, 'MEMBER')),
relations as (
  select c.oid, c.relowner, c.relkind, pg_catalog.format('%s.%s', n.nspname, c.relname) as name, n.nspname, c.relname
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    and c.relkind in ('r', 'p', 'v', 'm', 'f'))
select
  (select rolname from me) as name,
  array(
    select distinct power from reachable, lateral (values
      ('SUPERUSER', rolsuper), ('BYPASSRLS', rolbypassrls), ('CREATEROLE', rolcreaterole),
      ('CREATEDB', rolcreatedb), ('REPLICATION', rolreplication),
      (rolname::text, rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
        'pg_read_all_data', 'pg_write_all_data', 'pg_read_all_stats', 'pg_monitor', 'pg_maintain', 'pg_create_subscription', 'pg_database_owner'))
    ) as held (power, is_held) where is_held order by power) as powers,
  array(
    select relations.name from relations, me
    where pg_catalog.pg_has_role(me.oid, relations.relowner, 'MEMBER') order by 1 limit 20) as owned,
  array(
    select relations.name from relations, me
    where relkind in ('r', 'p') and pg_catalog.has_table_privilege(me.oid, relations.oid, 'TRUNCATE')
    order by 1 limit 20) as truncatable,
  array(
    select relations.name from relations, me
    where relkind in ('r', 'p', 'm', 'f') and nspname <> 'rowhouse'
      and not exists (
        select from unnest($2::text[], $3::text[]) as listed (schema_name, table_name)
        where schema_name = nspname and table_name = relname)
      and exists (select from pg_catalog.pg_attribute a
        where a.attrelid = relations.oid and a.attname = $4::text and not a.attisdropped)
      and pg_catalog.has_table_privilege(me.oid, relations.oid, 'SELECT, INSERT, UPDATE, DELETE')
    order by 1 limit 20) as unlisted,
  array(
    select setting from pg_catalog.pg_db_role_setting s, me, pg_catalog.unnest(s.setconfig) as setting
    where s.setrole in (0, me.oid)
      and s.setdatabase in (0, (select oid from pg_catalog.pg_database where datname = current_database()))
      and setting ~* '^(rowhouse\\.|row_security=off|session_replication_role=|role=)'
    order by 1) as defaults,
  coalesce((
    select pg_catalog.has_any_column_privilege(me.oid, relations.oid, 'INSERT, UPDATE')
      or pg_catalog.has_table_privilege(me.oid, relations.oid, 'DELETE')
    from relations, me where name = 'rowhouse.policy_manifest'), false) as "writesManifest",
  coalesce((
    select pg_catalog.has_any_column_privilege(me.oid, relations.oid, 'SELECT, INSERT, UPDATE')
      or pg_catalog.has_table_privilege(me.oid, relations.oid, 'DELETE')
    from relations, me where name = 'rowhouse.seal_keys'), false)
  or exists (
    select from pg_catalog.pg_proc f, me
    where f.pronamespace = pg_catalog.to_regnamespace('rowhouse') and f.proname = 'enter_organization'
      and pg_catalog.has_function_privilege(me.oid, f.oid, 'EXECUTE')) as "forgesSeals"`;
