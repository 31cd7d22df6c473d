import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import type { RoleNames } from "../settings.ts";
import {
  canonicalCondition,
  conversionFloorPolicy,
  floorPolicy,
  isolationPolicy,
  isPrintedConversionFloor,
  printedCondition,
  printedSealedCondition,
  sealedCondition,
  sharedPolicy,
} from "./canonical-policy.ts";
import type { PolicyFacts, TableFacts } from "./table-facts.ts";

/** One statement of a plan, and why it is in there. */
export interface PlannedStatement {
  readonly sql: string;
  readonly why: string;
}

export interface PolicyPlanInput {
  /** What the catalog says of the tenant tables now. */
  readonly tenant: readonly TableFacts[];
  readonly global: readonly TableFacts[];
  /** Tenant tables that nobody writes to but `migrate`. */
  readonly canaries?: readonly TableFacts[];
  /** Rows without an organization are everybody's to read and nobody's to write; the others are as in tenant tables. */
  readonly mixed?: readonly TableFacts[];
  readonly roles: RoleNames;
  /** Default `organization_id`. */
  readonly column?: string;
  /** Whether contexts are sealed. Default false. */
  readonly isSealed?: boolean;
}

/**
 * What must run so that every tenant table is protected and every role has its grants: pure, and empty of policy
 * changes for tables that are right already, since each one locks its table.
 */
export function planPolicies(input: PolicyPlanInput): PlannedStatement[] {
  const { tenant, global, canaries = [], mixed = [], roles, column = "organization_id", isSealed = false } = input;
  const form = { column, isSealed };
  return [
    ...[...tenant, ...canaries].flatMap((facts) => [
      ...planPolicy(facts, "permissive", form),
      ...planPolicy(facts, "restrictive", form),
      ...planSwitches(facts),
    ]),
    ...mixed.flatMap((facts) => [
      ...planPolicy(facts, "permissive", form),
      ...planMixed(facts, form),
      ...planSwitches(facts),
    ]),
    ...[...tenant, ...mixed].flatMap((facts) => planGrants(facts, roles, "select, insert, update, delete")),
    ...[...global, ...canaries].flatMap((facts) => planGrants(facts, roles, "select")),
  ];
}

/** In which of its forms the canonical policy is wanted. */
export interface PolicyForm {
  readonly column: string;
  /** Whether contexts are sealed. */
  readonly isSealed: boolean;
}

/** True when the policy of a tenant table is to the letter what {@link planPolicies} would create. */
export function isCanonical(policy: PolicyFacts, { column, isSealed }: PolicyForm): boolean {
  const isFloor = policy.name === floorPolicy;
  const printed = (isSealed && isFloor ? printedSealedCondition : printedCondition)(column);
  return (
    policy.permissive === !isFloor &&
    policy.command === "*" &&
    policy.toPublic &&
    [policy.using, policy.check].every((expression) => expression?.replace(/\s+/g, "") === printed)
  );
}

/** True for the floor that a conversion under way has, to the letter but for the name of the old application's role. */
export function isConversionFloor(policy: PolicyFacts, column: string): boolean {
  return (
    policy.name === conversionFloorPolicy &&
    !policy.permissive &&
    policy.command === "*" &&
    policy.toPublic &&
    [policy.using, policy.check].every((one) => isPrintedConversionFloor(one?.replace(/\s+/g, "") ?? "", column))
  );
}

function planPolicy(facts: TableFacts, kind: "permissive" | "restrictive", form: PolicyForm): PlannedStatement[] {
  const name = kind === "permissive" ? isolationPolicy : floorPolicy;
  const present = facts.policies.find((policy) => policy.name === name);
  if (present !== undefined && isCanonical(present, form)) return [];
  const table = quoteTable(facts.name);
  const condition = (form.isSealed && kind === "restrictive" ? sealedCondition : canonicalCondition)(form.column);
  const create = {
    sql: `create policy ${quoteIdentifier(name)} on ${table} as ${kind} for all to public using (${condition}) with check (${condition})`,
    why:
      kind === "permissive" ? "lets an organization touch its own rows" : "holds even if somebody adds a wider policy",
  };
  if (present === undefined) return [create];
  return [
    { sql: `drop policy ${quoteIdentifier(name)} on ${table}`, why: "it differs from the canonical policy" },
    create,
  ];
}

/** The floor in its four commands: reading reaches further than writing. */
function planMixed(facts: TableFacts, { column, isSealed }: PolicyForm): PlannedStatement[] {
  const table = quoteTable(facts.name);
  const own = (isSealed ? sealedCondition : canonicalCondition)(column);
  const shared = `${quoteIdentifier(column)} is null`;
  const present = new Set(facts.policies.map(({ name }) => name));
  return [
    { name: sharedPolicy, rule: `for select to public using (${shared})` },
    { name: `${floorPolicy}_select`, rule: `as restrictive for select to public using (${own} or ${shared})` },
    { name: `${floorPolicy}_insert`, rule: `as restrictive for insert to public with check (${own})` },
    { name: `${floorPolicy}_update`, rule: `as restrictive for update to public using (${own}) with check (${own})` },
    { name: `${floorPolicy}_delete`, rule: `as restrictive for delete to public using (${own})` },
  ]
    .filter(({ name }) => !present.has(name))
    .map(({ name, rule }) => ({
      sql: `create policy ${quoteIdentifier(name)} on ${table} ${rule}`,
      why:
        name === sharedPolicy ? "rows of nobody are everybody's to read" : "holds even if somebody adds a wider policy",
    }));
}

function planSwitches(facts: TableFacts): PlannedStatement[] {
  if (facts.enabled && facts.forced) return [];
  return [
    {
      sql: `alter table ${quoteTable(facts.name)} enable row level security, force row level security`,
      why: "without ENABLE policies do nothing, without FORCE the owner is above them",
    },
  ];
}

function planGrants(facts: TableFacts, roles: RoleNames, privileges: string): PlannedStatement[] {
  const table = quoteTable(facts.name);
  const [runtime, operator] = [quoteIdentifier(roles.runtime), quoteIdentifier(roles.operator)];
  return [
    {
      sql: `revoke all on ${table} from public, ${runtime}`,
      why: "TRUNCATE, REFERENCES and TRIGGER go around row security",
    },
    { sql: `grant ${privileges} on ${table} to ${runtime}`, why: "what serving requests needs" },
    { sql: `grant select on ${table} to ${operator}`, why: "operators read across tenants" },
  ];
}
