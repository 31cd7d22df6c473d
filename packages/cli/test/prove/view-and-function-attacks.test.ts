import { afterAll, beforeAll, expect, test } from "vitest";
import type { Attack } from "../../src/prove/attack.ts";
import { functionCall } from "../../src/prove/attacks/function-call.ts";
import { viewRead } from "../../src/prove/attacks/view-read.ts";
import { viewWrite } from "../../src/prove/attacks/view-write.ts";
import { openProver, type Prover } from "./open-prover.ts";

let prover: Prover;
beforeAll(async () => {
  prover = await openProver("prove_views");
});
afterAll(() => prover[Symbol.asyncDispose]());

const mine = "organization_id = nullif(current_setting('app.org', true), '')::uuid";
const definer = (name: string, body: string, options = "language sql stable"): string =>
  `create function ${name} ${options} security definer set search_path = public as $$ ${body} $$;`;
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
];

test.each(rows)("%s ($1.name)", async (...[, attack, hole, object, expected]) => {
  expect(await prover.prove(attack, { hole, ...(object === null ? {} : { object }) })).toEqual(expected);
});
