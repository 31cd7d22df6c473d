import { quoteIdentifier, quoteTable } from "../database/identifier.ts";
import type { RoleNames } from "../settings.ts";
import {
  canonicalCondition,
  floorPolicy,
  isolationPolicy,
  printedCondition,
  printedSealedCondition,
  sealedCondition,
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
  readonly roles: RoleNames;
  /** Whether contexts are sealed. Default false. */
  readonly isSealed?: boolean;
}

/**
 * What must run so that every tenant table is protected and every role has its grants: pure, and empty of policy
 * changes for tables that are right already, since each one locks its table.
 */
export function planPolicies(input: PolicyPlanInput): PlannedStatement[] {
  const { tenant, global, canaries = [], roles, isSealed = false } = input;
  return [
    ...[...tenant, ...canaries].flatMap((facts) => [
      ...planPolicy(facts, "permissive", isSealed),
      ...planPolicy(facts, "restrictive", isSealed),
      ...planSwitches(facts),
    ]),
    ...tenant.flatMap((facts) => planGrants(facts, roles, "select, insert, update, delete")),
    ...[...global, ...canaries].flatMap((facts) => planGrants(facts, roles, "select")),
  ];
}

/** True when the policy of a tenant table is to the letter what {@link planPolicies} would create. */
export function isCanonical(policy: PolicyFacts, isSealed: boolean): boolean {
  const isFloor = policy.name === floorPolicy;
  const printed = (isSealed && isFloor ? printedSealedCondition : printedCondition)("organization_id");
  return (
    policy.permissive === !isFloor &&
    policy.command === "*" &&
    policy.toPublic &&
    [policy.using, policy.check].every((expression) => expression?.replace(/\s+/g, "") === printed)
  );
}

function planPolicy(facts: TableFacts, kind: "permissive" | "restrictive", isSealed: boolean): PlannedStatement[] {
  const name = kind === "permissive" ? isolationPolicy : floorPolicy;
  const present = facts.policies.find((policy) => policy.name === name);
  if (present !== undefined && isCanonical(present, isSealed)) return [];
  const table = quoteTable(facts.name);
  const condition = (isSealed && kind === "restrictive" ? sealedCondition : canonicalCondition)("organization_id");
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
