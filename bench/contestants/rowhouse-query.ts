import type { Contestant, ContestantOptions } from "./contestant.ts";
import { newestProjects, openTenancy, type BenchTenant } from "./rowhouse-tenancy.ts";

/** One query in a tenant scope that is open already. */
export async function openRowhouseQuery(options: ContestantOptions): Promise<Contestant> {
  const tenancy = openTenancy(options);
  const tenants = new Map<string, BenchTenant>();
  const ends: (() => Promise<void>)[] = [];
  for (const { id, userId } of options.sample) {
    const { tenant, end } = await holdScope((work) => tenancy.enter({ organization: id, user: userId }, work));
    tenants.set(id, tenant);
    ends.push(end);
  }
  return {
    name: "Rowhouse, one query",
    listNewest: ({ id }) => {
      const tenant = tenants.get(id);
      if (tenant === undefined) throw new Error(`No scope was opened for organization ${id}.`);
      return newestProjects(tenant).execute();
    },
    [Symbol.asyncDispose]: async () => {
      for (const end of ends) await end();
      await tenancy.close();
    },
  };
}

/** Keeps a scope open beyond the call that opened it, so that the measurement does not pay for opening one. */
async function holdScope(
  enter: (work: (tenant: BenchTenant) => Promise<void>) => Promise<void>,
): Promise<{ tenant: BenchTenant; end: () => Promise<void> }> {
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
