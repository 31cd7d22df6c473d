import type pg from "pg";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "vitest";
import {
  assertIsolated,
  fingerprintOf,
  proveIsolation,
  renderProof,
  type Proof,
  type ProofOptions,
} from "../../src/testing/index.ts";
import { openFixture, type Fixture } from "../fixture/test-tenancy.ts";
import { leaks } from "./leaks.ts";
import { noRoutes, openShop, prefixOf, seedShop, type AddRoutes, type Place } from "./shop.ts";

let fixture: Fixture;
let db: pg.PoolClient;

beforeAll(async () => {
  fixture = await openFixture();
  db = await fixture.admin.connect();
});
afterAll(async () => {
  db.release();
  await fixture[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await db.query("begin");
  await seedShop(db);
});
afterEach(() => db.query("rollback"));

interface Proving extends Partial<ProofOptions> {
  readonly place?: Place;
}

async function prove(addRoutes: AddRoutes = noRoutes, { place = "header", ...changes }: Proving = {}): Promise<Proof> {
  const { options } = openShop(db, place, addRoutes);
  const fingerprint = () => fingerprintOf(db, { organization: 2002, column: "account_id" });
  return proveIsolation({ ...options, fingerprint, ...changes });
}

describe.each(["header", "path", "subdomain"] as const)("an application with its organization in the %s", (place) => {
  it("is proved isolated, every operation exercised", async () => {
    const proof = await prove(noRoutes, { place });
    expect(renderProof(proof)).toContain("11 of 11 operations exercised");
    expect(() => assertIsolated(proof)).not.toThrow();
    const list = proof.operations.find(({ operation }) => operation === `GET ${prefixOf(place)}/docs`);
    expect(list?.showsVictim).toBe(true);
  });

  it("is caught reading by id alone", async () => {
    const proof = await prove(
      ({ app }) =>
        app.get("/docs/:id", async (context) => {
          const { rows } = await db.query("select id, title from shop.docs where id = $1", [
            Number(context.req.param("id")),
          ]);
          return rows[0] === undefined ? context.json({}, 404) : context.json(rows[0]);
        }),
      { place },
    );
    const operations = new Set(proof.crossings.map(({ operation }) => operation));
    expect([...operations]).toEqual([`GET ${prefixOf(place)}/docs/{doc_id}`]);
    expect(renderProof(proof)).toContain("Grace secret one");
    expect(() => assertIsolated(proof)).toThrow(/Isolation is not proved/);
  });
});

describe("a route that", () => {
  it.each(leaks.map(([name, operation, ...leak]) => ({ name, operation, leak })))(
    "$name is a crossing of $operation",
    async ({ operation, leak: [what, addRoutes] }) => {
      const { crossings } = await prove(addRoutes);
      expect(crossings.map(({ operation: at }) => at)).toContain(operation);
      expect(crossings.filter(({ operation: at }) => at === operation).map((one) => one.what)).toContainEqual(
        expect.stringMatching(what),
      );
      expect(crossings.map(({ operation: at }) => at).filter((at) => at !== operation)).toEqual([]);
    },
  );

  it("answers 403 to another's id and 404 to none is a difference", async () => {
    const { crossings, differences } = await prove(tellExistence((isThere) => (isThere ? 403 : 404)));
    expect(crossings).toEqual([]);
    expect([...new Set(differences.map(({ operation, what }) => `${operation} ${what}`))]).toEqual([
      "GET /docs/{doc_id} answered 403 to what is the victim's, 404 to what does not exist",
    ]);
  });

  it("answers 404 to both in other words is a difference", async () => {
    const { differences } = await prove(
      tellExistence(
        () => 404,
        (isThere) => (isThere ? "Not for you." : "Nothing here."),
      ),
    );
    expect(differences).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining("another text") as string }),
    );
  });

  it("refuses both for another reason than whose it is leaves the operation unexercised", async () => {
    const { notExercised } = await prove(tellExistence(() => 409));
    expect(notExercised).toEqual([
      {
        operation: "GET /docs/{doc_id}",
        reason: expect.stringContaining("answered 409 instead of 404 or 403") as string,
      },
    ]);
  });
});

function tellExistence(status: (isThere: boolean) => 403 | 404 | 409, say = (_isThere: boolean) => "No."): AddRoutes {
  return ({ app, accountOf }) =>
    app.get("/docs/:id", async (context) => {
      const id = Number(context.req.param("id"));
      const { rows } = await db.query<{ account_id: number }>("select id, account_id from shop.docs where id = $1", [
        id,
      ]);
      if (rows[0]?.account_id === accountOf(context)) return context.json(rows[0]);
      return context.json(
        { error: say(rows[0] !== undefined), id, at: new Date(), request: crypto.randomUUID() },
        status(rows[0] !== undefined),
      );
    });
}

describe("a near miss stays silent:", () => {
  it("403 to both, with the id, the time and a number of the request in it", async () => {
    const proof = await prove(tellExistence(() => 403));
    expect(() => assertIsolated(proof)).not.toThrow();
  });

  it("an answer that is another each time, for whatever was asked", async () => {
    const words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"];
    let said = 0;
    const proof = await prove(
      tellExistence(
        () => 404,
        () => words[(said += 1) % words.length] ?? "",
      ),
    );
    expect(proof.differences).toEqual([]);
  });
});

describe("what proves nothing is not called safe:", () => {
  const noNotes: AddRoutes = ({ app }) => app.delete("/notes/:id", (context) => context.json({ error: "broken" }, 500));

  it("an operation that the victim itself cannot do", async () => {
    const { notExercised, crossings } = await prove(noNotes);
    expect(crossings).toEqual([]);
    expect(notExercised.map(({ operation }) => operation)).toEqual(["DELETE /notes/{id}"]);
    expect(notExercised[0]?.reason).toContain("The victim itself was answered 500");
  });

  it("an exemption with its reason lets it pass, and one that nothing needs is reported", async () => {
    const exempt = { "DELETE /notes/{id}": "Broken since May.", "GET /docs": "For no reason." };
    const proof = await prove(noNotes, { exempt });
    expect(proof.exempted).toContainEqual({ operation: "DELETE /notes/{id}", reason: "Broken since May." });
    expect(proof.notExercised).toEqual([]);
    expect(proof.needlessExemptions).toEqual(["GET /docs"]);
    expect(() => assertIsolated(proof)).toThrow(/GET \/docs/);
  });

  it("an exemption hides no data that was changed or shown", async () => {
    const [, operation, , leak] = leaks[1] ?? [];
    const { crossings } = await prove(leak, { exempt: { [operation ?? ""]: "We know." } });
    expect(crossings.map(({ operation: at }) => at)).toContain(operation);
  });

  it("a thing whose id no answer shows, until it is given", async () => {
    const hidden: AddRoutes = ({ app }) => app.get("/notes", (context) => context.json([]));
    const { notExercised } = await prove(hidden);
    expect(notExercised.map(({ operation }) => operation).sort()).toEqual(["DELETE /notes/{id}", "GET /notes/{id}"]);
    expect(notExercised[0]?.reason).toContain("No answer to the victim shows a value for id");
  });

  it("an attacker whom an attack has signed out", async () => {
    let isOut = false;
    const { options } = openShop(db, "header");
    const { notExercised } = await prove(noRoutes, {
      request: (url, init) => {
        const by = new Headers(init.headers).get("authorization");
        if (by === "ada" && init.method === "DELETE") isOut = true;
        if (by === "ada" && isOut) return new Response("Sign in.", { status: 401 });
        return options.request(url, init);
      },
    });
    expect(notExercised[0]?.reason).toContain("cost it its session");
  });

  it.each<[string, RegExp, Partial<ProofOptions>]>([
    ["a document that is none", /no OpenAPI 3/, { document: { swagger: "2.0", paths: {} } }],
    ["a document without operations", /no operation/, { document: { openapi: "3.1.0", paths: {} } }],
    ["a body for what is not documented", /no operation GET \/nowhere/, { bodies: { "GET /nowhere": {} } }],
    ["a secret that the victim was never shown", /"Nowhere"/, { victim: partyOf("grace", ["Nowhere"]) }],
    ["no secret", /victim\.secrets/, { victim: partyOf("grace", []) }],
    ["an attacker who is not signed in", /attacker can read nothing/, { attacker: partyOf("nobody", []) }],
  ])("%s is refused", async (_name, message, changes) => {
    await expect(prove(noRoutes, changes)).rejects.toThrow(message);
  });
});

function partyOf(user: string, secrets: readonly string[]): ProofOptions["victim"] {
  const account = user === "grace" ? 2002 : 1001;
  return { headers: { authorization: user }, organization: { "X-Account": account }, secrets };
}

it("a proof holds no credentials", async () => {
  const proof = await prove();
  expect(JSON.stringify(proof)).not.toContain("authorization");
});

describe("fingerprintOf", () => {
  const print = (organization: number | string) => fingerprintOf(db, { organization, column: "account_id" });

  it("changes with an insert, an update and a delete of the organization's, and with nobody else's", async () => {
    const before = await print(2002);
    await db.query("insert into shop.docs (account_id, title) values (1001, 'other')");
    expect(await print(2002)).toEqual(before);
    for (const text of [
      "insert into shop.docs (account_id, title) values (2002, 'new')",
      "update shop.docs set title = 'renamed' where id = 3",
      "delete from shop.notes where id = 3",
    ]) {
      const last = await print(2002);
      await db.query(text);
      expect(await print(2002), text).not.toEqual(last);
    }
  });

  it("refuses an organization without a row, and a column that no table has", async () => {
    await expect(print(3003)).rejects.toThrow(/No row of 2 tables/);
    await expect(fingerprintOf(db, { organization: 1, column: "nowhere" })).rejects.toThrow(
      /No table has a column nowhere/,
    );
  });
});
