import { expect, test, beforeAll, afterAll } from "vitest";
import { openDoctorFixture, type DoctorFixture } from "../doctor/doctor-fixture.ts";
import { runHere } from "../fixture/run-here.ts";
import { writeFileSync } from "node:fs";
let fixture: DoctorFixture;
beforeAll(async () => { fixture = await openDoctorFixture("zz"); });
afterAll(() => fixture[Symbol.asyncDispose]());
test("show", async () => {
  await using db = await fixture.open();
  const t = Date.now();
  const { out, error } = await runHere(["prove", "--url", db.url, "--rollback", "--html", "/tmp/proof.html"]);
  writeFileSync("/tmp/proof.txt", out + error + `\n${Date.now() - t} ms`);
  expect(out.length).toBeGreaterThan(0);
}, 120000);
