import type { CheckCase } from "../check-case.ts";

const inThisDatabase = (statement: string): string =>
  `do $$ begin execute format('${statement}', current_database()); end $$`;

export const rh0107: CheckCase = {
  nearMiss: `create role rh0107_reports; ${inThisDatabase("grant temporary on database %I to rh0107_reports")}`,
  holes: [
    { title: "as everybody", break: inThisDatabase("grant temporary on database %I to public"), object: "{{app}}" },
    { title: "itself", break: inThisDatabase("grant temporary on database %I to {{app}}"), object: "{{app}}" },
    { title: "by membership", break: "grant rh0107_reports to {{app}}", object: "{{app}}" },
  ],
};
