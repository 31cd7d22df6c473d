import pg from "pg";
import { clauseOf } from "../doctor/judge-policies.ts";
import type { Policy } from "../doctor/read-policies.ts";

/** Makes the policy say what it should, in the clauses that it has. */
export function narrow({ name, table, predicate, using, check }: Policy): string | null {
  if (predicate === null) return null;
  const clauses = [using === null ? "" : `using (${predicate})`, check === null ? "" : `with check (${predicate})`];
  return `alter policy ${pg.escapeIdentifier(name)} on ${table} ${clauses.filter(Boolean).join(" ")}`;
}

/** A restrictive policy: whatever the permissive ones say, another tenant's rows are not among it. */
export function addFloor({ table, predicate }: Policy): string | null {
  if (predicate === null) return null;
  return `create policy tenant_floor on ${table} as restrictive for all to public using (${predicate}) with check (${predicate})`;
}

/** A policy's clause, as a sentence quotes it. */
export function quote(policy: Policy, clause: "using" | "check"): string {
  return clauseOf(policy, clause)?.text ?? "nothing";
}
