import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cascade } from "../../src/prove/attacks/cascade.ts";
import { foreignKeyOracle } from "../../src/prove/attacks/foreign-key-oracle.ts";
import { foreignKeyReference } from "../../src/prove/attacks/foreign-key-reference.ts";
import { onConflictOracle } from "../../src/prove/attacks/on-conflict-oracle.ts";
import { uniqueOracle } from "../../src/prove/attacks/unique-oracle.ts";
import { openProver, type Prover } from "./open-prover.ts";

let prover: Prover;
beforeAll(async () => {
  prover = await openProver("prove_references");
});
afterAll(() => prover[Symbol.asyncDispose]());

const withoutTenant = `
  alter table tasks drop constraint tasks_organization_id_project_id_fkey;
  alter table projects add unique (id);
  alter table tasks add constraint loose foreign key (project_id) references projects (id) on delete cascade;
  grant update on tasks to {{app}};`;
const onlyVisible = `create policy own_project on tasks as restrictive for all to public using (true)
  with check (exists (select from projects as p where p.id = project_id));`;
/** Nothing that the role writes is accepted, its own neither. */
const refusing = `
  create function refuse() returns trigger language plpgsql as
    $$ begin if session_user = '{{app}}' then raise 'refused'; end if; return coalesce(new, old); end $$;
  create trigger refuse before insert or update on tasks for each row execute function refuse();
  create trigger refuse before delete on projects for each row execute function refuse();`;

/** Rows of other organizations that are alike but for whose they are, as in every database that is in use. */
const inUse = `
  insert into projects (organization_id, id, name) select id, 'c0000000-0000-4000-8000-000000000001', 'Same' from organizations;
  insert into tasks (organization_id, project_id, title) select id, 'c0000000-0000-4000-8000-000000000001', 'Same' from organizations;`;

test("what is held is held, and not undecided, beside rows of others that are alike", async () => {
  const at = { object: "tasks", hole: inUse };
  expect(await prover.prove(uniqueOracle, { ...at, about: /title/ })).toEqual(["held by row security"]);
  expect(await prover.prove(cascade, { ...at, about: /project_id/ })).toEqual(["held by constraint"]);
  expect(await prover.prove(foreignKeyOracle, { ...at, about: /project_id/ })).toEqual(["held by constraint"]);
});

describe("a row of A that points to B's", () => {
  const at = { object: "tasks", about: /project_id|loose/ };
  test("is refused by a foreign key with the tenant", async () => {
    expect(await prover.prove(foreignKeyReference, at)).toEqual(["held by constraint", "held by privilege"]);
  });
  test("is accepted by a foreign key without", async () => {
    expect(await prover.prove(foreignKeyReference, { ...at, hole: withoutTenant })).toEqual(["crossed", "crossed"]);
  });
  test("is accepted where the check waits for the end", async () => {
    const hole = `alter table tasks alter constraint tasks_organization_id_project_id_fkey deferrable initially deferred`;
    expect(await prover.prove(foreignKeyReference, { ...at, about: /insert/, hole })).toEqual(["held by constraint"]);
  });
  test("is refused by a policy that looks at the parent", async () => {
    const hole = withoutTenant + onlyVisible;
    expect(await prover.prove(foreignKeyReference, { ...at, hole })).toEqual([
      "held by row security",
      "held by row security",
    ]);
  });
  test("tells nothing where A's own row is refused as well", async () => {
    const hole = withoutTenant + refusing;
    expect(await prover.prove(foreignKeyReference, { ...at, hole })).toEqual(["inconclusive", "inconclusive"]);
  });
});

describe("B's row that hangs on A's", () => {
  const at = { object: "tasks", about: /project_id|loose/ };
  test("cannot be made with the tenant in the foreign key", async () => {
    expect(await prover.prove(cascade, at)).toEqual(["held by constraint"]);
  });
  test("goes with A's without", async () => {
    expect(await prover.prove(cascade, { ...at, hole: withoutTenant })).toEqual(["crossed"]);
  });
  test("stays where nothing follows a deletion", async () => {
    const hole = withoutTenant.replace("on delete cascade", "");
    expect(await prover.prove(cascade, { ...at, hole })).toEqual([]);
  });
  test("tells nothing where A cannot delete", async () => {
    expect(await prover.prove(cascade, { ...at, hole: withoutTenant + refusing })).toEqual(["inconclusive"]);
  });
});

describe("a foreign key's answer", () => {
  const at = { object: "tasks", about: /project_id|loose/ };
  test("is the same for B's row and for none with the tenant in it", async () => {
    expect(await prover.prove(foreignKeyOracle, at)).toEqual(["held by constraint"]);
  });
  test("differs without", async () => {
    expect(await prover.prove(foreignKeyOracle, { ...at, hole: withoutTenant })).toEqual(["crossed"]);
  });
  test("is the policy's where one looks at the parent", async () => {
    const hole = withoutTenant + onlyVisible;
    expect(await prover.prove(foreignKeyOracle, { ...at, hole })).toEqual(["held by row security"]);
  });
  test("tells nothing where A's own row is refused as well", async () => {
    const hole = withoutTenant + refusing;
    expect(await prover.prove(foreignKeyOracle, { ...at, hole })).toEqual(["inconclusive"]);
  });
});

describe.each([uniqueOracle, onConflictOracle])("$title:", (attack) => {
  test("a key with the tenant accepts B's values", async () => {
    expect(await prover.prove(attack, { object: "tasks", about: /title/ })).toEqual(["held by row security"]);
  });
  test("a key without tells that they are there", async () => {
    const hole = "create unique index by_title on tasks (title)";
    expect(await prover.prove(attack, { object: "tasks", about: /title/, hole })).toEqual(["crossed"]);
  });
  test("a key that nobody can guess is information", async () => {
    const hole = "create unique index by_id on tasks (id)";
    expect(await prover.prove(attack, { object: "tasks", about: /by_id/, hole })).toEqual(["crossed (info)"]);
  });
  test("what is unique for fewer columns already is no cell of its own", async () => {
    const hole = "create unique index by_id on tasks (id)";
    expect(await prover.prove(attack, { object: "tasks", about: /pkey/, hole })).toEqual([]);
  });
  test("a table that refuses A's own rows tells nothing", async () => {
    expect(await prover.prove(attack, { object: "tasks", about: /title/, hole: refusing })).toEqual(["inconclusive"]);
  });
});
