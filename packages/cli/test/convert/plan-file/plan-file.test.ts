import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan, PlannedTable } from "../../../src/convert/plan.ts";
import { openQuestions } from "../../../src/convert/plan-file/apply-answers.ts";
import { parsePlan } from "../../../src/convert/plan-file/parse-plan.ts";
import { writePlan } from "../../../src/convert/plan-file/plan-file.ts";
import { renderPlanFile } from "../../../src/convert/plan-file/render-plan-file.ts";

const table: PlannedTable = {
  table: "public.polls",
  class: "tenant",
  path: [{ from: "public.polls.user_id", to: "public.users.id" }],
  derive: { by: "user", column: "user_id" },
  confidence: 0.9,
  reason: 'It says: "whose" it is.',
  issues: ["2 of 9 rows looked at have no owner."],
  internal: false,
  unowned: null,
  key: ["id"],
  rows: 9,
  bytes: 8192,
  uniques: [{ index: "polls_slug", columns: ["user_id", "slug"], widen: true, reason: "For each user." }],
  references: [],
};

const plan: Plan = {
  version: 1,
  database: "app",
  fingerprint: "0123",
  anchor: "public.users.id",
  users: { table: "public.users", key: "id", keyType: "bigint", name: null, email: "email" },
  teams: null,
  column: "organization_id",
  lazy: false,
  applicationRole: null,
  stripeCustomer: null,
  issues: [],
  tables: [
    table,
    {
      ...table,
      table: "public.votes",
      derive: { by: "parent", columns: ["poll_id"], parent: "public.polls", parentColumns: ["id"] },
      uniques: [],
    },
    {
      ...table,
      table: 'public."Drafts"',
      class: "ask",
      path: [],
      derive: null,
      uniques: [],
    },
  ],
  questions: [
    {
      id: "unowned:public.polls",
      table: "public.polls",
      question: "What becomes of them?",
      choices: ["guest", "leave", "delete"],
      answer: null,
    },
    {
      id: 'class:public."Drafts"',
      table: 'public."Drafts"',
      question: "Whose are they?",
      choices: ['tenant by public."Drafts"."pollId" -> public.polls.id', "global"],
      answer: null,
    },
  ],
  phases: [],
};

const written = renderPlanFile(plan);

function answered(...answers: readonly string[]): string {
  return answers.reduce((file, answer) => file.replace("answer: null", `answer: ${answer}`), written);
}

function edited(from: string, to: string): () => Plan {
  return () => parsePlan(written.replace(from, to), "plan.yaml");
}

describe("a plan's file", () => {
  it("is the same plan when it is read back", () => {
    expect(parsePlan(written, "plan.yaml")).toEqual(plan);
    expect(openQuestions(parsePlan(written, "plan.yaml")).map(({ id }) => id)).toEqual(
      plan.questions.map(({ id }) => id),
    );
  });

  it("is not written where it would be refused when it is read", async () => {
    const address = { ...plan, applicationRole: "postgres://me:secret@db/app" };
    const file = join(tmpdir(), `never-written-${process.pid}.yaml`);
    await expect(writePlan(file, address)).rejects.toThrow(/: applicationRole holds an address/);
    await expect(access(file)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("gives an answer to its table, and to the tables that are parts of it", () => {
    const read = parsePlan(answered("leave", "global"), "plan.yaml");
    expect(openQuestions(read)).toEqual([]);
    expect(read.tables.map(({ class: kind, unowned }) => [kind, unowned])).toEqual([
      ["tenant", "leave"],
      ["tenant", "leave"],
      ["global", null],
    ]);
  });

  it("finds the way that an answer names, quoted names included", () => {
    const read = parsePlan(answered("guest", `'tenant by public."Drafts"."pollId" -> public.polls.id'`), "plan.yaml");
    expect(read.tables[2]).toMatchObject({
      class: "tenant",
      derive: { by: "parent", columns: ["pollId"], parent: "public.polls", parentColumns: ["id"] },
      path: [{ to: "public.polls.id" }, { to: "public.users.id" }],
    });
  });

  it("needs no answer for a table whose class was written by hand", () => {
    expect(openQuestions(edited("class: ask", "class: global")()).map(({ id }) => id)).toEqual([
      "unowned:public.polls",
    ]);
  });

  it.each([
    [
      "class: ask",
      "class: tennant",
      /^plan\.yaml:\d+: tables\[2\]\.class is "tennant"; expected one of tenant, identity/,
    ],
    ["lazy: false", "lazy: maybe", /^plan\.yaml:\d+: lazy is "maybe"; expected true or false/],
    ["lazy: false", "lasy: false", /^plan\.yaml:\d+: lasy is not known/],
    ["unowned: null", "unowned: keep", /tables\[0\]\.unowned is "keep"; expected one of guest, leave, delete/],
    ["database: app", "database: postgres://me:secret@db/app", /^plan\.yaml:\d+: database holds an address/],
    ["answer: null", "answer: burn", /questions\[0\]\.answer is "burn"; expected one of: guest \| leave \| delete/],
    ["parent: public.polls", "parent: public.gone", /tables\[1\]\.derive of public\.votes leads to public\.gone/],
    ["version: 1", "version: [", /^plan\.yaml:\d+: this is no YAML/],
  ])("refuses %s written as %s, with its line and its key", (from, to, message) => {
    expect(edited(from, to)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringMatching(message) as string }),
    );
  });
});
