import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import type { RoleNames } from "../settings.ts";
import { defaultColumn } from "../table-settings.ts";
import { sharedPolicy } from "./canonical-policy.ts";
import {
  createPolicy,
  dropPolicy,
  hasDoor,
  isAsWanted,
  wantedPolicies,
  type PolicyForm,
  type TableKind,
  type WantedPolicy,
} from "./table-policies.ts";
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
  const { tenant, global, canaries = [], mixed = [], roles, column = defaultColumn, isSealed = false } = input;
  const form = { column, isSealed };
  return [
    ...tenant.flatMap((facts) => [...planTable(facts, "tenant", form), ...planSwitches(facts)]),
    ...canaries.flatMap((facts) => [
      ...planTable(facts, "tenant", { ...form, column: defaultColumn }),
      ...planSwitches(facts),
    ]),
    ...mixed.flatMap((facts) => [...planTable(facts, "mixed", form), ...planSwitches(facts)]),
    ...[...tenant, ...mixed].flatMap((facts) => planGrants(facts, roles, "select, insert, update, delete")),
    ...[...global, ...canaries].flatMap((facts) => planGrants(facts, roles, "select")),
  ];
}

/** True when the policy of a tenant table is to the letter what {@link planPolicies} would create. */
export function isCanonical(policy: PolicyFacts, form: PolicyForm): boolean {
  return wantedPolicies("tenant", form).some((wanted) => isAsWanted(policy, wanted));
}

function planTable({ name, policies }: TableFacts, kind: TableKind, form: PolicyForm): PlannedStatement[] {
  const wanted = wantedPolicies(kind, form);
  const statements = wanted.flatMap((one): PlannedStatement[] => {
    const present = policies.find((policy) => policy.name === one.name);
    if (present !== undefined && isAsWanted(present, one)) return [];
    const create = { sql: createPolicy(name, one), why: reasonFor(one) };
    if (present === undefined) return hasDoor(policies, one, { kind, form }) ? [] : [create];
    return [{ sql: dropPolicy(name, one.name), why: "it differs from the canonical policy" }, create];
  });
  const foreign = wantedPolicies(kind === "mixed" ? "tenant" : "mixed", form)
    .map((one) => one.name)
    .filter((one) => !wanted.some((own) => own.name === one) && policies.some((policy) => policy.name === one));
  const why = `the settings list the table under ${kind}, and this is of another kind`;
  return [...foreign.map((one) => ({ sql: dropPolicy(name, one), why })), ...statements];
}

function reasonFor({ name, isFloor }: WantedPolicy): string {
  if (isFloor) return "holds even if somebody adds a wider policy";
  return name === sharedPolicy ? "rows of nobody are everybody's to read" : "lets an organization touch its own rows";
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
