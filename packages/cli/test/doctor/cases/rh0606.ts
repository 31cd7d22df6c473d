import type { CheckCase } from "../check-case.ts";

const trigger = (table: string, body: string): string => `
  create or replace function tell() returns trigger language plpgsql as $$ ${body} $$;
  create or replace trigger tell after insert on ${table} for each row execute function tell()`;
const harmless = trigger("tasks", "begin perform pg_notify('tasks', new.id::text); return new; end");

export const rh0606: CheckCase = {
  // Names of rows, rows of all tenants, and a channel that is not fixed.
  nearMiss: `
    create function tell_id() returns trigger language plpgsql as $$ begin
      -- perform pg_notify('tasks', row_to_json(new)::text);
      perform pg_notify('tasks', json_build_object('tenant', new.organization_id, 'task', new.id, 'in', new.project_id, 'verb', tg_op)::text);
      return new; end $$;
    create trigger tell_id after insert on tasks for each row execute function tell_id();
    create function tell_plan() returns trigger language plpgsql as $$ begin
      perform pg_notify('plans', row_to_json(new)::text); return new; end $$;
    create trigger tell_plan after insert on plans for each row execute function tell_plan();
    create function tell_one() returns trigger language plpgsql as $$ begin
      perform pg_notify(md5(new.id::text), new.title); return new; end $$;
    create trigger tell_one after insert on tasks for each row execute function tell_one()`,
  holes: [
    {
      title: "the whole row",
      break: trigger("tasks", "begin perform pg_notify('tasks', row_to_json(new)::text); return new; end"),
      object: "public.tell()",
      mend: harmless,
    },
    {
      title: "a column",
      break: trigger("tasks", "begin perform pg_notify('tasks', new.id || ':' || new.title); return new; end"),
      object: "public.tell()",
      mend: harmless,
    },
    {
      title: "by way of variables",
      break: `create schema "Odd one"; create table "Odd one"."New tasks" (organization_id uuid);
        create function "Odd one"."Tell it"() returns trigger language plpgsql as $$
          declare payload jsonb; message text;
          begin payload = jsonb_build_object('row', to_jsonb(new)); message := payload::text;
          perform pg_notify('tasks', message); return new; end $$;
        create trigger tell after insert on "Odd one"."New tasks" for each row execute function "Odd one"."Tell it"()`,
      object: `"Odd one"."Tell it"()`,
      mend: `drop trigger tell on "Odd one"."New tasks"`,
    },
  ],
};
