import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Attack } from "../../src/prove/attack.ts";
import { explain } from "../../src/prove/attacks/explain.ts";
import { functionCall } from "../../src/prove/attacks/function-call.ts";
import { largeObjects } from "../../src/prove/attacks/large-objects.ts";
import { notifications } from "../../src/prove/attacks/notifications.ts";
import { selectByKey } from "../../src/prove/attacks/select-by-key.ts";
import { sequenceRead } from "../../src/prove/attacks/sequence-read.ts";
import { setRole } from "../../src/prove/attacks/set-role.ts";
import { tempShadow } from "../../src/prove/attacks/temp-shadow.ts";
import { viewRead } from "../../src/prove/attacks/view-read.ts";
import { viewWrite } from "../../src/prove/attacks/view-write.ts";
import { openProver, type Prover } from "./open-prover.ts";

let prover: Prover;
beforeAll(async () => {
  prover = await openProver("prove_structure");
});
afterAll(() => prover[Symbol.asyncDispose]());

const mine = "organization_id = nullif(current_setting('app.org', true), '')::uuid";
const definer = (name: string, body: string, options = "language sql stable"): string =>
  `create function ${name} ${options} security definer set search_path = public as $$ ${body} $$;`;
const shadowed = (path: string): string => `
  do $$ begin execute format('grant temporary on database %I to {{app}}', current_database()); end $$;
  create function my_organizations() returns setof uuid language sql stable security definer set search_path = ${path}
    as 'select organization_id from memberships';
  alter function my_organizations() owner to {{owner}};
  drop policy tenant_floor on projects;
  drop policy tenant_isolation on projects;
  create policy member on projects for all to public using (organization_id in (select my_organizations()))`;
const notifying = (statement: string): string => `
  create function tell() returns trigger language plpgsql as $$ begin ${statement}; return new; end $$;
  create trigger tell after insert on tasks for each row execute function tell();`;

type Row = readonly [title: string, attack: Attack, hole: string, object: string | null, expected: readonly string[]];

const rows: readonly Row[] = [
  ["a view of the caller's rights holds", viewRead, "", "open_tasks", ["held by row security"]],
  [
    "a view of a superuser crosses",
    viewRead,
    "create view v as select * from tasks; grant select on v to {{app}}",
    "v",
    ["crossed"],
  ],
  [
    "one that filters by itself holds",
    viewRead,
    `create view v as select * from tasks where ${mine}; grant select on v to {{app}}`,
    "v",
    ["held by row security"],
  ],
  [
    "one that may be read by a column crosses by it",
    viewRead,
    "create view v as select id, title from tasks; grant select (id) on v to {{app}}",
    "v",
    ["crossed"],
  ],
  [
    "one that shows nothing tells nothing",
    viewRead,
    "create view v as select * from tasks where false; grant select on v to {{app}}",
    "v",
    ["inconclusive"],
  ],
  [
    "one that shows chance tells nothing",
    viewRead,
    "create view v as select random() from tasks; grant select on v to {{app}}",
    "v",
    ["inconclusive"],
  ],
  [
    "a materialized view crosses",
    viewRead,
    "create materialized view v as select * from tasks; grant select on v to {{app}}",
    "v",
    ["crossed"],
  ],
  [
    "one that may not be read holds",
    viewRead,
    "create materialized view v as select * from tasks",
    "v",
    ["held by privilege"],
  ],

  [
    "a view that may not be written holds",
    viewWrite,
    "",
    "open_tasks",
    ["held by privilege", "held by privilege", "held by privilege"],
  ],
  [
    "a view of a superuser is written by",
    viewWrite,
    "create view v as select * from tasks; grant all on v to {{app}}",
    "v",
    ["crossed", "crossed", "crossed"],
  ],
  [
    "one that filters and checks by itself holds",
    viewWrite,
    `create view v as select * from tasks where ${mine} with check option; grant all on v to {{app}}`,
    "v",
    ["error 44000", "row security", "row security"].map((by) => `held by ${by}`),
  ],
  [
    "one that shows nothing tells nothing",
    viewWrite,
    "create view v as select * from tasks where false with check option; grant all on v to {{app}}",
    "v",
    ["inconclusive", "inconclusive", "inconclusive"],
  ],

  ["without definer functions there is no cell", functionCall, "", null, []],
  [
    "a function that reads past row security crosses",
    functionCall,
    definer("f(o uuid) returns text", "select max(title) from tasks where organization_id = o"),
    null,
    ["crossed"],
  ],
  [
    "one that filters by itself holds",
    functionCall,
    definer("f() returns text", `select max(title) from tasks where ${mine}`),
    null,
    ["held by row security"],
  ],
  [
    "one of an owner under row security holds",
    functionCall,
    `${definer("f() returns text", "select max(title) from tasks")} alter function f owner to {{owner}}`,
    null,
    ["held by row security"],
  ],
  [
    "one that writes crosses",
    functionCall,
    definer("f(p uuid) returns void", "delete from tasks where id = p", "language sql"),
    null,
    ["crossed"],
  ],
  [
    "a procedure that writes crosses",
    functionCall,
    "create procedure f(p uuid, out n int) language plpgsql security definer as $$ begin update public.tasks set done = not done where id = p; n := 1; end $$",
    null,
    ["crossed"],
  ],
  [
    "one that makes an id has nothing to reach",
    functionCall,
    definer("f() returns uuid", "select gen_random_uuid()", "language sql"),
    null,
    ["held by nothing to reach"],
  ],
  [
    "one that puts a statement together is not believed",
    functionCall,
    definer("f() returns int", "declare n int; begin execute 'select 1' into n; return n; end", "language plpgsql"),
    null,
    ["inconclusive"],
  ],
  [
    "one that calls out is not called",
    functionCall,
    definer("f() returns int", "begin perform dblink_exec('x', 'y'); return 1; end", "language plpgsql"),
    null,
    ["inconclusive"],
  ],

  [
    "a counter that may not be used holds",
    sequenceRead,
    "alter table tasks add number serial",
    "tasks",
    ["held by privilege (info)", "held by privilege (info)"],
  ],
  [
    "a counter that may be used tells",
    sequenceRead,
    "alter table tasks add number serial; grant all on sequence tasks_number_seq to {{app}}",
    "tasks",
    ["crossed (info)", "crossed (info)"],
  ],

  ["a large object of the role's crosses", largeObjects, "alter table tasks add file oid", "tasks", ["crossed"]],
  [
    "one that may not be read holds",
    largeObjects,
    "alter table tasks add file oid; revoke execute on function lo_get(oid) from public",
    "tasks",
    ["held by privilege"],
  ],
  ["a number is no large object", largeObjects, "alter table tasks add file bigint", "tasks", []],

  [
    "a payload with a value crosses",
    notifications,
    notifying("perform pg_notify('tasks', new.title)"),
    "tasks",
    ["crossed"],
  ],
  [
    "a payload without holds",
    notifications,
    notifying("perform pg_notify('tasks', 'changed')"),
    "tasks",
    ["held by nothing to reach"],
  ],
  [
    "a payload that cannot be seen tells nothing",
    notifications,
    notifying("execute format('notify tasks, %L', new.title)"),
    "tasks",
    ["inconclusive"],
  ],
  [
    "a trigger that does not run here tells nothing",
    notifications,
    notifying("if new.done then perform pg_notify('tasks', new.title); end if"),
    "tasks",
    ["inconclusive"],
  ],

  ["without TEMP nothing is shadowed", tempShadow, "", "memberships", ["held by privilege"]],
  ["a policy's function that finds the shadow crosses", tempShadow, shadowed("public"), "memberships", ["crossed"]],
  ["one that looks there last holds", tempShadow, shadowed("public, pg_temp"), "memberships", ["held by row security"]],

  ["a role that may become nobody holds", setRole, "", null, ["held by row security"]],
  [
    "one that may become the owner crosses",
    setRole,
    "alter table tasks no force row level security; grant {{owner}} to {{app}}",
    null,
    ["crossed"],
  ],
  [
    "an owner under row security holds",
    setRole,
    "grant {{owner}} to {{app}}; alter table events_2026 enable row level security, force row level security",
    null,
    ["held by row security"],
  ],

  ["a plan tells how many rows a policy hides", explain, "", null, ["crossed (info)"]],
];

describe("what a schema is made of", () => {
  test.each(rows)("%s ($1.name)", async (_, attack, hole, object, expected) => {
    expect(await prover.prove(attack, { hole, ...(object === null ? {} : { object }) })).toEqual(expected);
  });

  test("a partition without row security that may be read is not called held", async () => {
    const cells = await prover.prove(selectByKey, {
      object: "events_2026",
      hole: "grant select on events_2026 to {{app}}",
    });
    expect(cells).not.toContain("held by row security");
    expect(cells).toHaveLength(1);
  });
});
