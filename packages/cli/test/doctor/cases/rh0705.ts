import type { CheckCase } from "../check-case.ts";

export const rh0705: CheckCase = {
  nearMiss: "create policy another on tasks as restrictive for select using (not done)",
  holes: [
    {
      title: "two for SELECT",
      break: "create policy done_too on tasks for select using (done)",
      object: "public.tasks",
      mend: "drop policy done_too on tasks",
    },
  ],
};
