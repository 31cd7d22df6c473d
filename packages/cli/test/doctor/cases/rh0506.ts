import type { CheckCase } from "../check-case.ts";

// As an interrupted build leaves it. A superuser may write to the catalog.
const interrupt = (index: string): string =>
  `update pg_index set indisvalid = false where indexrelid = '${index}'::regclass`;

export const rh0506: CheckCase = {
  // The fix is one that runs in no transaction.
  committed: true,
  nearMiss: `create index plans_by_name on plans (name); ${interrupt("plans_by_name")}`,
  holes: [
    { title: "an index", break: interrupt("tasks_by_created"), object: "public.tasks" },
    {
      title: "a unique index with an odd name",
      break: `create schema "Odd one"; create table "Odd one"."My notes" (organization_id uuid, body text);
        create unique index "It's unique" on "Odd one"."My notes" (organization_id, body);
        ${interrupt(`"Odd one"."It''s unique"`)}`,
      object: `"Odd one"."My notes"`,
    },
    {
      title: "a partitioned table's, to which no partition's index was attached",
      break: "create index events_by_id on only events (organization_id, id)",
      object: "public.events",
      mend: `create index events_2026_by_id on events_2026 (organization_id, id);
        alter index events_by_id attach partition events_2026_by_id`,
    },
  ],
};
