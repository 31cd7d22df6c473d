import { openDrizzle } from "rowhouse/drizzle";
import { drizzleOperations } from "../operations/drizzle-operations.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { holdScopes } from "./held-scopes.ts";

/** Drizzle's database of a tenant, opened anew for each piece of work, since that costs nothing. */
export async function openRowhouseDrizzle(options: ContestantOptions): Promise<Contestant> {
  const scopes = await holdScopes(options);
  return {
    name: "Rowhouse on Drizzle",
    ...drizzleOperations({
      run: (organization, work) => work(openDrizzle(scopes.tenantOf(organization))),
      transaction: (organization, work) => openDrizzle(scopes.tenantOf(organization)).transaction(work),
    }),
    [Symbol.asyncDispose]: () => scopes[Symbol.asyncDispose](),
  };
}
