import type { CheckCase } from "../check-case.ts";

export const rh0313: CheckCase = {
  nearMiss: "create policy added on tasks for insert with check (title <> '')",
  holes: [
    { title: "for INSERT", break: "create policy nothing on tasks for insert", object: "public.tasks" },
    { title: "for everything", break: 'create policy "No thing" on tasks', object: "public.tasks" },
  ],
};
