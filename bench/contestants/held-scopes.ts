import type { BenchOrganization } from "../database/bench-database.ts";
import type { ContestantOptions } from "./contestant.ts";
import { openTenancy, type BenchTenant } from "./rowhouse-tenancy.ts";

/** A tenant scope of each organization of the sample, held open so that the measurement does not pay for opening one. */
export interface HeldScopes extends AsyncDisposable {
  readonly tenantOf: (organization: BenchOrganization) => BenchTenant;
}

export async function holdScopes(
  options: ContestantOptions & { readonly seal?: { readonly key: string } },
): Promise<HeldScopes> {
  const tenancy = openTenancy(options);
  const held = await Promise.all(
    options.sample.map(async ({ id, userId }) => {
      const scope = await holdScope((work) => tenancy.enter({ organization: id, user: userId }, work));
      return [id, scope] as const;
    }),
  );
  const scopes = new Map(held);
  return {
    tenantOf: ({ id }) => {
      const scope = scopes.get(id);
      if (scope === undefined) throw new Error(`No scope was opened for organization ${id}.`);
      return scope.tenant;
    },
    [Symbol.asyncDispose]: async () => {
      for (const { end } of scopes.values()) await end();
      await tenancy.close();
    },
  };
}

interface HeldScope {
  readonly tenant: BenchTenant;
  readonly end: () => Promise<void>;
}

/** Keeps a scope open beyond the call that opened it. */
async function holdScope(enter: (work: (tenant: BenchTenant) => Promise<void>) => Promise<void>): Promise<HeldScope> {
  return new Promise((opened, failed) => {
    const scope = enter(
      (tenant) =>
        new Promise<void>((release) => {
          opened({
            tenant,
            end: () => {
              release();
              return scope;
            },
          });
        }),
    );
    scope.catch(failed);
  });
}
