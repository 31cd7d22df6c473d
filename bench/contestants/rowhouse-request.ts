import type { Contestant, ContestantOptions } from "./contestant.ts";
import { newestProjects, openTenancy } from "./rowhouse-tenancy.ts";

/** What a request costs: the membership is read, a scope opened, the query run. Two round trips. */
export function openRowhouseRequest(options: ContestantOptions): Contestant {
  const tenancy = openTenancy(options);
  return {
    name: "Rowhouse, enter and query",
    listNewest: ({ slug, userId }) =>
      tenancy.enter({ organization: slug, user: userId }, (tenant) => newestProjects(tenant).execute()),
    [Symbol.asyncDispose]: () => tenancy.close(),
  };
}
