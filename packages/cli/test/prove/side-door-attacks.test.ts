import { afterAll, beforeAll, expect, test } from "vitest";
import type { Attack } from "../../src/prove/attack.ts";
import { explain } from "../../src/prove/attacks/explain.ts";
import { largeObjects } from "../../src/prove/attacks/large-objects.ts";
import { notifications } from "../../src/prove/attacks/notifications.ts";
import { selectByKey } from "../../src/prove/attacks/select-by-key.ts";
import { sequenceRead } from "../../src/prove/attacks/sequence-read.ts";
import { setRole } from "../../src/prove/attacks/set-role.ts";
import { tempShadow } from "../../src/prove/attacks/temp-shadow.ts";
import { openProver, type Prover } from "./open-prover.ts";

let prover: Prover;
beforeAll(async () => {
  prover = await openProver("prove_side_doors");
});
afterAll(() => prover[Symbol.asyncDispose]());

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
const withoutTemp = shadowed("public").replace(
  "grant temporary on database %I to",
  "revoke temporary on database %I from",
);

type Row = readonly [title: string, attack: Attack, hole: string, object: string | null, expected: readonly string[]];

const rows: readonly Row[] = [
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

  ["without TEMP nothing is shadowed", tempShadow, withoutTemp, "memberships", ["held by privilege"]],
  ["where no policy asks a function there is nothing to shadow", tempShadow, "", "memberships", []],
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
  [
    "no plan tells of what may not be read",
    explain,
    "revoke all on all tables in schema public from {{app}}",
    null,
    ["held by privilege (info)"],
  ],
];

test.each(rows)("%s ($1.name)", async (...[, attack, hole, object, expected]) => {
  expect(await prover.prove(attack, { hole, ...(object === null ? {} : { object }) })).toEqual(expected);
});

test("what a role may become is not known to one who cannot take its place", async () => {
  expect(await prover.prove(setRole, { asMember: true })).toEqual(["inconclusive"]);
});

test("a partition without row security that may be read is not called held", async () => {
  const hole = "grant select on events_2026 to {{app}}";
  const cells = await prover.prove(selectByKey, { object: "events_2026", hole });
  expect(cells).toHaveLength(1);
  expect(cells[0]).not.toMatch(/held/);
});
