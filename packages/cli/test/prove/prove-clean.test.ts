import { afterAll, beforeAll, expect, test } from "vitest";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { readCatalog } from "../../src/prove/catalog/read-catalog.ts";
import { enterBySetting, openSession } from "../../src/prove/open-session.ts";
import { makeWorld } from "../../src/prove/rows/make-world.ts";
import { runProof } from "../../src/prove/run-proof.ts";
import { openDoctorFixture, type DoctorFixture } from "../doctor/doctor-fixture.ts";

let fixture: DoctorFixture;
beforeAll(async () => {
  fixture = await openDoctorFixture("prove");
});
afterAll(() => fixture[Symbol.asyncDispose]());

test("a clean product is held in every cell", async () => {
  const client = await fixture.shared();
  await client.query("begin");
  const session = await openSession(client, {
    role: fixture.subject.appRoles[0] ?? "",
    enter: enterBySetting(fixture.subject),
  });
  const world = await makeWorld(session, await readCatalog(client, fixture.subject));
  const { cells } = await runProof(world, { attacks });
  await client.query("rollback");
  console.log(
    cells
      .map((c) => [c.attack, c.object, c.verdict, c.heldBy, c.detail, JSON.stringify(c.controls)].join(" | "))
      .join("\n"),
  );
  expect(cells.filter(({ verdict, level }) => verdict !== "held" && level !== "info")).toEqual([]);
});
