import type { Mutation } from "./mutation.ts";

/** Functions, triggers and rules that act as somebody else, or tell what they see. */
export const functionMutations: readonly Mutation[] = [
  {
    title: "a function that reads as its owner",
    found: "RH0402",
    crossed: ["function-call", "database", "public.all_projects()"],
    sql: `create function all_projects() returns setof projects language sql security definer set search_path = ''
      begin atomic; select * from public.projects; end`,
  },
  {
    title: "a function that reads as its owner, by id",
    found: "RH0402",
    crossed: ["function-call", "database", "public.project_name(uuid)"],
    sql: `create function project_name(wanted uuid) returns text language sql security definer set search_path = ''
      return (select name from public.projects where id = wanted)`,
  },
  {
    title: "a function that writes as its owner, by id",
    found: "RH0402",
    crossed: ["function-call", "database", "public.rename_project(uuid, text)"],
    sql: `create function rename_project(wanted uuid, called text) returns void language sql security definer set search_path = ''
      begin atomic; update public.projects set name = called where id = wanted; end`,
  },
  {
    title: "a function of the owner's without a search_path",
    found: "RH0403",
    sql: `create function touch() returns int language plpgsql security definer as $$ begin return 1; end $$`,
  },
  {
    title: "the path of a trigger's function let go, which every writer fires",
    found: "RH0403",
    sql: "alter function rowhouse.chain_audit_event() reset search_path",
  },
  {
    title: "the path of a function that may be called let go",
    found: "RH0403",
    sql: "alter function rowhouse.enqueue_job(text, json, text, timestamptz, integer) reset search_path",
  },
  {
    title: "the pruning of the audit log for the role that serves",
    crossed: [
      "function-call",
      "database",
      "rowhouse.prune_audit_events(uuid, timestamp with time zone, text, text, integer)",
    ],
    sql: "grant execute on function rowhouse.prune_audit_events(uuid, timestamptz, text, text, integer) to {{runtime}}",
  },
  {
    title: "a function that switches the organization and leaves it switched",
    found: "RH0601",
    sql: `create function count_projects(wanted uuid) returns bigint language plpgsql set search_path = '' as $$ begin
        perform set_config('rowhouse.organization_id', wanted::text, true);
        return (select count(*) from public.projects);
      end $$`,
  },
  {
    title: "a trigger that tells everybody who listens",
    found: "RH0606",
    crossed: ["notifications", "public.projects"],
    sql: `create function tell() returns trigger language plpgsql set search_path = ''
      as $$ begin perform pg_notify('projects', row_to_json(new)::text); return null; end $$;
      create trigger tell after insert or update on projects for each row execute function tell()`,
  },
  {
    title: "a function that calls itself leakproof",
    found: "RH0407",
    sql: `create function same(left_one text, right_one text) returns boolean leakproof immutable language plpgsql
      as $$ begin raise notice '%', left_one; return left_one = right_one; end $$;
      grant execute on function same(text, text) to {{runtime}}`,
  },
  {
    title: "a trigger that copies rows where all can read them",
    found: "RH0405",
    sql: `create table changes (at timestamptz default now(), line text); grant select on changes to {{runtime}};
      create function note_change() returns trigger language plpgsql security definer set search_path = '' as
        $$ begin insert into public.changes (line) values (new.name); return new; end $$;
      create trigger note_change after insert or update on projects for each row execute function note_change()`,
  },
  {
    title: "a rule that copies rows",
    found: "RH0406",
    sql: `create table changes (line text); grant select on changes to {{runtime}};
      create rule note_change as on insert to projects do also insert into changes values (new.name)`,
  },
  {
    title: "a procedure that deletes as its owner",
    found: "RH0402",
    crossed: ["function-call", "database", "public.purge(uuid)"],
    sql: `create procedure purge(organization uuid) language sql security definer set search_path = ''
      begin atomic; delete from public.tasks where organization_id = organization; end`,
  },
];
