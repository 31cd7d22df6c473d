import type { CheckCase } from "../check-case.ts";

export const rh0604: CheckCase = {
  nearMiss: `
    create publication prices for table plans;
    create publication one_tenant for table projects where (organization_id = 'a0000000-0000-4000-8000-000000000001')`,
  holes: [
    {
      title: "one table",
      break: `create publication "To the warehouse" for table tasks, plans`,
      object: `"To the warehouse"`,
      mend: `alter publication "To the warehouse" drop table tasks`,
    },
    {
      title: "all tables",
      break: "create publication everything for all tables",
      object: "everything",
      mend: "drop publication everything",
    },
    {
      title: "all tables of a schema",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid);
        create publication odd_ones for tables in schema "Odd one"`,
      object: "odd_ones",
      mend: "drop publication odd_ones",
    },
    {
      title: "a partition",
      break: "create publication events_of_2026 for table events_2026",
      object: "events_of_2026",
      mend: "drop publication events_of_2026",
    },
  ],
};
