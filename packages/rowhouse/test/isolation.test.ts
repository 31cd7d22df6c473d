import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFixture, type Fixture } from "./fixture/test-tenancy.ts";

let fixture: Fixture;
let acme: { id: string; slug: string; ownerId: string };
let globex: { id: string; slug: string; ownerId: string };
let tenancy: ReturnType<Fixture["open"]>;

beforeAll(async () => {
  fixture = await openFixture();
  tenancy = fixture.open();
  acme = await fixture.createOrganization("Acme");
  globex = await fixture.createOrganization("Globex");
  for (const { slug, ownerId } of [acme, globex]) {
    await tenancy.enter({ organization: slug, user: ownerId }, async ({ db }) => {
      const { id } = await db
        .insertInto("projects")
        .values({ name: `${slug} secret` })
        .returning("id")
        .executeTakeFirstOrThrow();
      await db
        .insertInto("tasks")
        .values({ projectId: id, title: `${slug} task` })
        .execute();
    });
  }
});

afterAll(() => fixture[Symbol.asyncDispose]());

describe("the happy path", () => {
  it("an organization reads its own rows", async () => {
    const names = await tenancy.enter({ organization: "acme", user: acme.ownerId }, ({ db }) =>
      db.selectFrom("projects").select("name").execute(),
    );
    expect(names).toEqual([{ name: "acme secret" }]);
  });

  it("raw SQL, which the application scope does not see, shows only the organization's rows", async () => {
    const rows = await tenancy.enter({ organization: "acme", user: acme.ownerId }, async ({ db }) => {
      const { rows } = await sql<{ name: string }>`select name from projects`.execute(db);
      return rows;
    });
    expect(rows).toEqual([{ name: "acme secret" }]);
  });
});
