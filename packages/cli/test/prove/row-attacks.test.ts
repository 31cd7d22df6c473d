import { readdir, readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type pg from "pg";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import type { Cell, Proof } from "../../src/prove/proof.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import { openDoctorFixture, type DoctorFixture } from "../doctor/doctor-fixture.ts";

let fixture: DoctorFixture;
let client: pg.Client;
beforeAll(async () => {
  fixture = await openDoctorFixture("prove_rows");
  client = await fixture.shared();
});
afterAll(() => fixture[Symbol.asyncDispose]());
beforeEach(() => client.query("begin"));
afterEach(() => client.query("rollback"));

/** Runs one attack after a change of the clean product. */
async function proof(name: string, change = ""): Promise<Proof> {
  await client.query(fixture.name(change));
  const session = await openSession(client, {
    role: fixture.subject.appRoles[0] ?? "",
    enter: enterBySetting(fixture.subject),
  });
  const world = await makeWorld(session, await readCatalog(client, fixture.subject));
  return runProof(world, { attacks: attacks.filter((attack) => attack.name === name) });
}

/** What crossed, by object. */
function crossed({ cells }: Proof): readonly string[] {
  return [...new Set(cells.filter(({ verdict }) => verdict === "crossed").map(({ object }) => object))];
}

function heldBy({ cells }: Proof, object: string): readonly (string | null)[] {
  return [...new Set(cells.filter((cell) => cell.object === object).map((cell: Cell) => cell.heldBy))];
}

const open = "drop policy tenant_floor on tasks; create policy hole on tasks using (true) with check (true);";
const blindWrites = `drop policy tenant_floor on tasks; create policy hole on tasks for update using (true) with check (true);
  create policy hole_delete on tasks for delete using (true);`;
const unchecked = "drop policy tenant_floor on tasks; create policy hole on tasks for insert with check (true);";
const movable = `${open} grant update on tasks to {{app}};
  alter table tasks drop constraint tasks_organization_id_project_id_fkey;`;
const openWhen = (condition: string) =>
  `drop policy tenant_floor on tasks; drop policy tenant_isolation on tasks;
   create policy hole on tasks using (${condition});`;
const context = "current_setting('app.org', true)";

/** What each attack finds, beside a near miss in which the same hole is narrower than the attack. */
const holes: readonly { readonly attack: string; readonly hole: string; readonly nearMiss: string }[] = [
  ...["select-by-key", "select-all", "join", "aggregate", "copy-out", "error-text"].map((attack) => ({
    attack,
    hole: "drop policy tenant_floor on tasks; create policy hole on tasks for select using (true);",
    nearMiss: "create policy hole on tasks for select using (true);",
  })),
  {
    attack: "statistics",
    hole: "alter table tasks disable row level security;",
    nearMiss: "alter table tasks no force row level security;",
  },
  {
    attack: "row-security-off",
    hole: "alter table tasks disable row level security;",
    nearMiss: `${open}`,
  },
  { attack: "update-by-key", hole: open, nearMiss: blindWrites },
  { attack: "update-all", hole: blindWrites, nearMiss: `${blindWrites} revoke update on tasks from {{app}};` },
  { attack: "delete-by-key", hole: open, nearMiss: blindWrites },
  { attack: "delete-all", hole: blindWrites, nearMiss: "create policy hole on tasks for delete using (true);" },
  { attack: "move-to-other", hole: movable, nearMiss: `${open} grant update on tasks to {{app}};` },
  { attack: "take-over", hole: movable, nearMiss: `${blindWrites} grant update on tasks to {{app}};` },
  {
    attack: "insert-for-other",
    hole: unchecked,
    nearMiss: "create policy hole on tasks for insert with check (true);",
  },
  { attack: "upsert", hole: open, nearMiss: unchecked },
  { attack: "merge", hole: open, nearMiss: unchecked },
  { attack: "select-for-update", hole: open, nearMiss: blindWrites },
  {
    attack: "copy-in",
    hole: "alter table tasks disable row level security;",
    nearMiss: open,
  },
  {
    attack: "truncate",
    hole: "grant truncate on tasks to {{app}};",
    nearMiss: "grant truncate on organizations to {{app}};",
  },
  { attack: "no-context", hole: openWhen(`coalesce(${context}, '') = ''`), nearMiss: openWhen(`${context} = 'x'`) },
  { attack: "empty-context", hole: openWhen(`${context} = ''`), nearMiss: openWhen(`${context} is null`) },
  {
    attack: "garbage-context",
    hole: openWhen(`organization_id::text like ${context}`),
    nearMiss: openWhen(`organization_id::text = ${context}`),
  },
  { attack: "context-after-rollback", hole: open, nearMiss: openWhen(`organization_id::text = ${context}`) },
  {
    attack: "prepared-plan",
    hole: `create function folded() returns text language sql immutable as $$ select ${context} $$;
      ${openWhen("organization_id::text = folded()")}`,
    nearMiss: `create function asked() returns text language sql stable as $$ select ${context} $$;
      ${openWhen("organization_id::text = asked()")}`,
  },
];

test("every attack has a test in this folder", async () => {
  const folder = new URL(".", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".test.ts"));
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  const tested = attacks.filter(({ name }) =>
    texts.some((text) => text.includes(`/attacks/${name}.ts"`) || text.includes(`"${name}"`)),
  );
  expect(tested.map(({ name }) => name)).toEqual(attacks.map(({ name }) => name));
});

for (const { attack, hole, nearMiss } of holes) {
  test(`${attack} is held in a clean product, in every cell`, async () => {
    const { cells } = await proof(attack);
    const concerned = cells.filter(({ object }) =>
      ["public.projects", "public.tasks", "public.events"].includes(object),
    );
    expect(concerned.length).toBeGreaterThanOrEqual(3);
    expect(concerned.filter(({ verdict }) => verdict !== "held")).toEqual([]);
  });

  test(`${attack} crosses through its hole, and only there`, async () => {
    expect(crossed(await proof(attack, hole))).toEqual(["public.tasks"]);
  });

  test(`${attack} is silent where the hole is narrower`, async () => {
    expect(crossed(await proof(attack, nearMiss))).toEqual([]);
  });
}

test("what holds is named: Postgres, a privilege, a policy", async () => {
  expect(heldBy(await proof("copy-in"), "public.tasks")).toEqual(["Postgres"]);
  expect(heldBy(await proof("truncate"), "public.tasks")).toEqual(["privilege"]);
  expect(heldBy(await proof("statistics"), "public.tasks")).toEqual(["row security"]);
});

test("what cannot reach A's own row is inconclusive", async () => {
  const refuse = `create function refuse() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger refuse before update or delete on tasks for each row execute function refuse();`;
  for (const attack of ["update-by-key", "update-all", "delete-all", "merge", "take-over", "move-to-other"]) {
    const { cells } = await proof(attack, refuse);
    await client.query("rollback; begin");
    const verdicts = cells.filter(({ object }) => object === "public.tasks").map(({ verdict }) => verdict);
    expect([attack, ...new Set(verdicts)]).toEqual([attack, "inconclusive"]);
  }
});
