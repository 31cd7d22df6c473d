import { readdirSync } from "node:fs";
import { withAdminClient } from "@rowhouse/local-postgres";
import { describe, expect, it } from "vitest";
import { runHere } from "../fixture/run-here.ts";
import { comparePlan, readAnswerKey, type JudgedPlan } from "./answer-key.ts";
import { fixtures, openFixture } from "./open-fixture.ts";

const names = readdirSync(fixtures).sort();

describe.each(names)("the application %s", (name) => {
  it("is planned as its answer key says, table by table", async () => {
    await using fixture = await openFixture(name);
    const key = await readAnswerKey(name);
    expect(await tablesOf(fixture.url), "the key has a line for each table").toEqual(Object.keys(key.tables).sort());

    const { code, out, error } = await runHere(["convert", "plan", "--url", fixture.url, "--format", "json"]);
    expect({ code, error }).toEqual({ code: 0, error: "" });
    const differences = comparePlan(key, JSON.parse(out) as JudgedPlan);
    const tables = Object.keys(key.tables).length;
    expect(differences, `${tables - differences.length} of ${tables} as the key says`).toEqual([]);
  });
});

describe("the answer key", () => {
  it("tells another class, another way to the owner, a table left out and a question not asked", async () => {
    const key = await readAnswerKey("polls");
    const plan: JudgedPlan = {
      anchor: "public.users.id",
      questions: [],
      tables: Object.entries(key.tables).flatMap(([table, answers]) => {
        const [answer] = answers;
        if (table === "watchers" || answer === undefined) return [];
        const [column, parent] = answer.step?.split(">") ?? [];
        const step = { from: `public."${table}".${column}`, to: `public.${table === "votes" ? "users" : parent}.id` };
        const kind = table === "comments" ? "global" : (answer.class as "tenant");
        return [{ table: `public.${table}`, class: kind, path: column === undefined ? [] : [step] }];
      }),
    };
    expect(comparePlan(key, plan).map((each) => each.split(":")[0])).toEqual([
      "votes",
      "comments",
      "watchers",
      "question unowned",
    ]);
  });
});

async function tablesOf(url: string): Promise<string[]> {
  return withAdminClient(url, async (admin) => {
    const { rows } = await admin.query<{ relname: string }>(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    );
    return rows.map(({ relname }) => relname).sort();
  });
}
