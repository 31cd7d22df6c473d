import type { Plan } from "../plan.ts";
import { definerFunction } from "./definer-function.ts";
import { guestOrganization } from "./guest-organization.ts";
import { name, text } from "./names.ts";
import { createdEventSql, makeOrganizationSql, slugSql } from "./organization-functions.ts";
import { columnType, getTable, type Schema } from "./schema.ts";
import { teamMembersSql, teamTriggers } from "./team-functions.ts";
import { together, type BatchJob, type Step } from "./step.ts";

/** The trigger of the users' table stands before the first row is made, so that no sign-up falls between. */
export function planOrganizations(plan: Plan, schema: Schema): Step[] {
  const { users, teams } = plan;
  const functions: Step = {
    id: "organizations:functions",
    phase: "organizations",
    do: [together(...slugSql(), ...makeOrganizationSql(plan, schema), ...teamMembersSql(plan, schema), ...guestSql())],
    undo: [together(...dropFunctions)],
    lock: null,
    on: [],
    estimate: "instant",
  };
  const steps = [functions];
  if (!plan.lazy) steps.push(signUpTrigger(plan));
  steps.push(...teamTriggers(plan));
  // Teams first: whoever sits in one has a user id from then on.
  if (teams !== null) steps.push(make(plan, { kind: "team", table: teams.table, key: teams.key, schema }));
  if (!plan.lazy) steps.push(make(plan, { kind: "user", table: users.table, key: users.key, schema }));
  steps.push({
    id: "organizations:analyze",
    phase: "organizations",
    do: [together("analyze rowhouse_convert.owners", "analyze rowhouse.organizations", "analyze rowhouse.memberships")],
    undo: [],
    lock: null,
    on: [],
    estimate: "instant",
  });
  return steps;
}

const dropFunctions = [
  "drop function if exists rowhouse_convert.sign_up()",
  "drop function if exists rowhouse_convert.team_changed()",
  "drop function if exists rowhouse_convert.member_changed()",
  "drop function if exists rowhouse_convert.organization_of(text, text)",
  "drop function if exists rowhouse_convert.make_organization(text, text)",
  "drop function if exists rowhouse_convert.set_membership(text, text, text, uuid)",
  "drop function if exists rowhouse_convert.claim_slug(uuid, text, text)",
  "drop function if exists rowhouse_convert.slug_of(text)",
];

function guestSql(): string[] {
  const id = `${text(guestOrganization)}::uuid`;
  const [slug, called] = [text("rows-without-an-owner"), text("Rows without an owner")];
  return [
    `with claimed as (
      insert into rowhouse.organization_slugs (slug, organization_id) values (${slug}, ${id}) on conflict (slug) do nothing)
    insert into rowhouse.organizations (id, slug, name) values (${id}, ${slug}, ${called}) on conflict (id) do nothing`,
    // Until the end of the transaction.
    `select rowhouse.enter_organization(${id})`,
    `${createdEventSql({ id, name: called, slug })}
      where not exists (select from rowhouse.audit_events where organization_id = ${id})`,
  ];
}

function signUpTrigger({ users }: Plan): Step {
  return {
    id: `organizations:sign-up:${users.table}`,
    phase: "organizations",
    do: [
      together(
        definerFunction(
          `rowhouse_convert.sign_up() returns trigger`,
          `begin perform rowhouse_convert.organization_of('user', new.${name(users.key)}::text); return null; end`,
        ),
        `create or replace trigger "A_rowhouse_sign_up" after insert on ${users.table}
          for each row execute function rowhouse_convert.sign_up()`,
      ),
    ],
    undo: [together(`drop trigger if exists "A_rowhouse_sign_up" on ${users.table}`)],
    lock: "ShareRowExclusiveLock",
    on: [users.table],
    estimate: "instant",
  };
}

interface Made {
  readonly kind: "user" | "team";
  readonly table: string;
  readonly key: string;
  readonly schema: Schema;
}

function make(_plan: Plan, { kind, table, key, schema }: Made): Step {
  const { rows } = getTable(schema, table);
  const type = columnType(schema, table, key) ?? "text";
  const job: BatchJob = {
    table,
    key: [{ name: key, type }],
    columns: [],
    where: `not exists (select from rowhouse_convert.owners o where o.kind = ${text(kind)} and o.key = t.${name(key)}::text)`,
    change: `select rowhouse_convert.organization_of(${text(kind)}, b.${name(key)}::text) from batch b`,
    readsOnly: true,
  };
  return {
    id: `organizations:${kind}s`,
    phase: "organizations",
    do: [],
    batches: { jobs: [job], repeat: false },
    rows,
    undo: [],
    lock: null,
    on: [],
    estimate: `${rows.toLocaleString("en-US")} organizations`,
  };
}
