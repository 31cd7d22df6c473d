import type { Contestant } from "../contestants/contestant.ts";
import type { BenchOrganization } from "../database/bench-database.ts";
import type { Work } from "../measure/run-slice.ts";
import { pageSize, type Operation } from "./operation.ts";

/** An operation of a contestant as it is measured: every answer is looked at, in no time that matters. */
export function checkedWork(contestant: Contestant, operation: Operation): Work<BenchOrganization> {
  const check = (isRight: boolean, organization: BenchOrganization): void => {
    if (!isRight) throw new Error(`${contestant.name} gave a wrong answer to "${operation}" for ${organization.slug}.`);
  };
  switch (operation) {
    case "list":
    case "get": {
      const rows = operation === "list" ? pageSize : 1;
      return async (organization) => {
        const found = await contestant[operation](organization);
        check(found.length === rows && found[0]?.name === organization.newestName, organization);
      };
    }
    case "join":
      return async (organization) => {
        const found = await contestant.join(organization);
        check(found.length === pageSize && found[0]?.projectName === organization.newestName, organization);
      };
    case "insert":
    case "update":
    case "transaction": {
      const end = operation === "transaction" ? ", again" : "";
      return async (organization, call) => {
        const title = `Task of call ${call}`;
        const found = await contestant[operation](organization, title);
        check(found.length === 1 && found[0]?.title === `${title}${end}`, organization);
      };
    }
  }
}
