import { reservedSlugs } from "rowhouse/migrations";
import type { Plan } from "../plan.ts";
import { definerFunction } from "./definer-function.ts";
import { equalsText } from "./match-by-text.ts";
import { name, text } from "./names.ts";
import { columnType, type Schema } from "./schema.ts";

/**
 * The library's way to a slug, in SQL, as a sign-up of the old application happens in the database alone: letters are taken from a
 * table that the library's own transliteration fills.
 */
export function slugSql(): string[] {
  const reserved = [...reservedSlugs].map(text).join(", ");
  return [
    `create or replace function rowhouse_convert.slug_of(name text) returns text
      language plpgsql stable set search_path = ''
      as $$
      declare slug text;
      begin
        select string_agg(case when ascii(c.letter) < 128 then c.letter else coalesce(
            (select l.ascii from rowhouse_convert.letters l where l.letter = c.letter), c.letter) end, '' order by c.place) into slug
          from regexp_split_to_table(lower(normalize(left(name, 200), NFKC)), '') with ordinality c (letter, place);
        slug := regexp_replace(regexp_replace(lower(slug), '[''’]', '', 'g'), '[^a-z0-9]+', '-', 'g');
        slug := btrim(left(btrim(slug, '-'), 40), '-');
        if slug = '' or slug in (${reserved}) or slug ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then return null; end if;
        return slug;
      end $$`,
    // Two that want the same name meet in the key; whoever comes second takes the next.
    definerFunction(
      `rowhouse_convert.claim_slug(organization uuid, name text, otherwise text) returns text`,
      `declare
        base constant text := coalesce(rowhouse_convert.slug_of(name), rowhouse_convert.slug_of(otherwise), 'workspace');
        candidate text;
        took integer;
      begin
        for attempt in 1..60 loop
          candidate := base || case when attempt = 1 then '' when attempt <= 4 then '-' || attempt
            else '-' || substr(md5(random()::text), 1, 6) end;
          insert into rowhouse.organization_slugs (slug, organization_id) values (candidate, organization)
            on conflict (slug) do nothing;
          get diagnostics took = row_count;
          if took = 1 then return candidate; end if;
        end loop;
        raise exception 'no name was free for an organization like %', base;
      end`,
    ),
  ];
}

export function makeOrganizationSql(plan: Plan, schema: Schema): string[] {
  return [makeSql(plan, schema), organizationOfSql];
}

/** The row of `owners` comes first: who makes the same at the same time waits there, and finds it. */
function makeSql(plan: Plan, schema: Schema): string {
  return definerFunction(
    `rowhouse_convert.make_organization(kind text, subject text) returns uuid set row_security = on`,
    `#variable_conflict use_column
    declare
      organization uuid := rowhouse.uuid_v7();
      person uuid;
      called text;
      other text;
      took integer;
      claimed text;
      context text[];
    begin
      ${subjectSql(plan, schema)}
      insert into rowhouse_convert.owners as o (kind, key, user_id, organization_id)
        values (make_organization.kind, subject, person, organization) on conflict (kind, key) do nothing;
      get diagnostics took = row_count;
      if took = 0 then
        select o.organization_id into organization from rowhouse_convert.owners o
          where o.kind = make_organization.kind and o.key = subject;
        if not found then
          raise exception 'somebody else made this organization meanwhile' using errcode = 'serialization_failure';
        end if;
        return organization;
      end if;
      claimed := rowhouse_convert.claim_slug(organization,
        case when make_organization.kind = 'team' and other <> '' then other else called end,
        case when make_organization.kind = 'team' then called else split_part(other, '@', 1) end);
      called := left(coalesce(nullif(btrim(called), ''), nullif(split_part(other, '@', 1), ''), claimed), 100);
      if make_organization.kind = 'user' then
        insert into rowhouse.organizations (id, slug, name, is_personal, personal_of, member_limit)
          values (organization, claimed, called, true, person, 1);
        insert into rowhouse.memberships (organization_id, user_id, role, name, email)
          values (organization, person, 'owner', left(called, 200), left(other, 254));
      else
        insert into rowhouse.organizations (id, slug, name) values (organization, claimed, called);
        ${plan.teams === null ? "" : "perform rowhouse_convert.fill_team(subject, organization);"}
      end if;
      context := rowhouse.enter_organization(organization);
      ${createdEventSql({ id: "organization", name: "called", slug: "claimed" })};
      perform rowhouse.leave_organization(context);
      return organization;
    end`,
  );
}

/** Reads what the user or the team is called; nothing is made for one that is gone. */
function subjectSql({ users, teams }: Plan, schema: Schema): string {
  const said = (alias: string, column: string | null): string =>
    column === null ? "''" : `coalesce(${alias}.${name(column)}::text, '')`;
  const keyType = columnType(schema, users.table, users.key);
  const user = `if make_organization.kind = 'user' then
        select ${said("u", users.name)}, ${said("u", users.email)} into called, other from ${users.table} u
          where ${equalsText(schema, { table: users.table, column: users.key, alias: "u" }, "subject")};
        if not found then return null; end if;
        person := ${keyType === "uuid" ? "subject::uuid" : "rowhouse.uuid_v7()"};
      end if;`;
  if (teams === null) return user;
  return `${user}
      if make_organization.kind = 'team' then
        select ${said("g", teams.name)}, ${said("g", teams.slug)} into called, other from ${teams.table} g
          where ${equalsText(schema, { table: teams.table, column: teams.key, alias: "g" }, "subject")};
        if not found then return null; end if;
      end if;`;
}

/** The event with which every organization's audit log begins, as the library writes it. Its chain takes it in the organization's context only. */
export function createdEventSql({ id, name: called, slug }: { id: string; name: string; slug: string }): string {
  return `insert into rowhouse.audit_events (organization_id, actor_kind, actor_id, action, target_kind, target_id, after)
    select ${id}, 'job', 'rowhouse-convert', 'organization.created', 'organization', ${id}::text,
      jsonb_build_object('name', ${called}, 'slug', ${slug})`;
}

const organizationOfSql = definerFunction(
  `rowhouse_convert.organization_of(kind text, key text) returns uuid`,
  `#variable_conflict use_column
  declare known uuid;
  begin
    if organization_of.key is null then return null; end if;
    select o.organization_id into known from rowhouse_convert.owners o
      where o.kind = organization_of.kind and o.key = organization_of.key;
    if known is not null then return known; end if;
    return rowhouse_convert.make_organization(organization_of.kind, organization_of.key);
  end`,
);
