import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePlan } from "../../../src/convert/make-plan/make-plan.ts";
import { planPhases } from "../../../src/convert/phases/plan-steps.ts";
import { applyAnswers, openQuestions } from "../../../src/convert/plan-file/apply-answers.ts";
import type { Plan } from "../../../src/convert/plan.ts";
import { readSchema } from "../../../src/convert/run/read-schema.ts";
import { openPlanning, tableOf, users, type Planning } from "./open-planning.ts";

let planning: Planning;
beforeAll(async () => {
  planning = await openPlanning(`convert_unowned_tables_${process.pid}`);
});
afterAll(async () => planning[Symbol.asyncDispose]());

const projects = `${users}
  create table projects (id int primary key, name text not null);
  create table project_managers (project_id int not null, user_id bigint not null, unique (project_id, user_id));
  create table boards (id int primary key, project_id int not null, name text not null);
  create table cards (id int primary key, board_id int not null, title text not null);`;

const notes = `${users} create table notes (id int primary key, user_id bigint not null references users);`;

function answered(plan: Plan, answers: Readonly<Record<string, string>>): Plan {
  const questions = plan.questions.map((each) => ({ ...each, answer: answers[each.id] ?? each.answer }));
  return applyAnswers({ ...plan, questions }, (_, message) => new TypeError(message) as never);
}

async function classOf(table: string, schema: string): Promise<string> {
  return tableOf(await planning.planOf(schema), table).class;
}

describe("a part of what is not decided", () => {
  it("is asked about with its whole alone, and goes where that goes", async () => {
    const plan = await planning.planOf(projects);
    expect(openQuestions(plan).map(({ id }) => id)).toEqual(["class:public.projects"]);
    const decided = answered(plan, { "class:public.projects": "global" });
    expect([tableOf(decided, "boards").class, tableOf(decided, "cards").class]).toEqual(["global", "global"]);
  });

  it("has its way to the whole where that is an organization's", async () => {
    const plan = await planning.planOf(`${projects} alter table projects add owner_id bigint references users;
      insert into projects select n, 'p', case when n < 3 then n end from generate_series(1, 4) n;
      create table drafts (id int primary key, board_id int not null);`);
    const decided = answered(plan, { "unowned:public.projects": "mixed" });
    expect(tableOf(decided, "projects")).toMatchObject({ class: "mixed", unowned: "leave" });
    expect(tableOf(decided, "cards")).toMatchObject({
      class: "mixed",
      derive: { by: "parent", parent: "public.boards" },
    });
    expect(openQuestions(decided)).toEqual([]);
  });
});

describe("a whole that is owned by way of its part", () => {
  const owned = `${projects} alter table projects add lead_id int;
    alter table project_managers add id int primary key; alter table projects add foreign key (lead_id) references project_managers (id);`;
  const byLead = "tenant by public.projects.lead_id -> public.project_managers.id";

  it("leaves the part its own user, and ways in a circle are refused", async () => {
    const plan = await planning.planOf(owned);
    expect(tableOf(answered(plan, { "class:public.projects": byLead }), "project_managers").derive).toEqual({
      by: "user",
      column: "user_id",
    });
    const circle = {
      "class:public.projects": byLead,
      "class:public.project_managers": "tenant by public.project_managers.project_id -> public.projects.id",
    };
    expect(() => answered(plan, circle)).toThrow(/leads to no user: public\.\w+/);
  });
});

describe("a table without a way to an owner is not taken for everybody's", () => {
  it.each([
    [
      "where nothing that is anybody's refers to it",
      "hooks",
      `create table hooks (id int primary key, name text); create table hook_events (id int primary key, hook_id int not null references hooks);`,
    ],
    [
      "where some of its rows refer to an owned one",
      "runs",
      `create table flows (code text primary key); create table runs (id int primary key, flow text not null references flows, note_id int references notes); insert into notes values (1, 1); insert into flows values ('f'); insert into runs select n, 'f', case n when 1 then 1 end from generate_series(1, 4) n;`,
    ],
    [
      "where a type and an id point to what no row shows",
      "tags",
      `create table tags (id int primary key, name text, entity_type text not null, entity_id int not null);`,
    ],
    ["where its key is an address of a person", "invitees", `create table invitees (email text primary key);`],
  ])("%s", async (_, table, schema) => {
    expect(await classOf(table, `${notes} ${schema}`)).toBe("ask");
  });

  it("but is where rows of owners choose from it", async () => {
    const schema = `${notes} create table kinds (id int primary key, name text); insert into kinds values (1, 'a');
      alter table notes add kind_id int references kinds; insert into notes select n, n, 1 from generate_series(1, 4) n;`;
    expect(await classOf("kinds", schema)).toBe("global");
  });
});

describe("what a row says of its user", () => {
  it("is the users' where the only table of such a name is another", async () => {
    const plan = await planning.planOf(`${users.replaceAll("users", "user_account")}
      create table provider_user (id int primary key, user_id bigint not null, provider text not null, subject text not null);
      create table drafts (id int primary key, user_id bigint not null);`);
    expect(tableOf(plan, "drafts")).toMatchObject({ class: "tenant", path: [{ to: "public.user_account.id" }] });
    expect(tableOf(plan, "provider_user").class).toBe("identity");
  });

  it("is not the owner where it is given a right to something that no row shows", async () => {
    const schema = (name: string): string =>
      `${notes} create table ${name} (id int primary key, user_id bigint not null references users, object_type text not null, object_id int not null);`;
    expect(await classOf("object_shares", schema("object_shares"))).toBe("ask");
    expect(await classOf("favourites", schema("favourites"))).toBe("tenant");
  });

  it("is who left it on a row of somebody else's, though no column is NOT NULL", async () => {
    const plan = await planning.planOf(`${notes} insert into notes select n, n from generate_series(1, 4) n;
      create table remarks (id int primary key, note_id int references notes, user_id bigint references users);
      insert into remarks select n, n, 1 from generate_series(1, 4) n;`);
    expect(tableOf(plan, "remarks")).toMatchObject({ derive: { by: "parent", parent: "public.notes" } });
  });
});

describe("a session", () => {
  const sessions = (schema: string, columns: string): string =>
    `${users} create schema ${schema}; create table ${schema}.sessions (${columns}, user_id bigint not null references users);`;
  const classIn = async (schema: string, columns: string): Promise<string | undefined> => {
    const plan = await planning.planOf(sessions(schema, columns));
    return plan.tables.find(({ table }) => table === `${schema}.sessions`)?.class;
  };

  it("is a person's with nothing but a key as cookies have it, and not where it tells of work", async () => {
    expect(await classIn("auth", "id text primary key")).toBe("identity");
    expect(await classIn("gym", "id int primary key, started_at timestamptz not null")).toBe("tenant");
  });
});

describe("a column that may be NULL, of an empty table where no key cascades", () => {
  it("names the whole by the whole's own name, and not by what it is for", async () => {
    const plan = await planning.planOf(`${notes} create table lines (id int primary key, note_id int references notes);
      create table shelves (id int primary key, default_note_text_id int references notes);`);
    expect(tableOf(plan, "lines")).toMatchObject({ class: "tenant", derive: { by: "parent", parent: "public.notes" } });
    expect(tableOf(plan, "shelves").class).toBe("ask");
  });
});

describe("a program's own queue of jobs", () => {
  it("stays as it is, its parts as well, and no role of tenants gets a right to what others' jobs carry", async () => {
    const schema = `${notes} create schema graphile_worker; create table graphile_worker._private_jobs (id bigint primary key, payload json);
      create table solid_queue_jobs (id bigint primary key, class_name text); create table solid_queue_failed_executions (id bigint primary key, job_id bigint not null unique references solid_queue_jobs);`;
    const { plan, statements } = await planning.inSchema(schema, async () => {
      const made = await makePlan(planning.client, { lazy: false, relations: [] });
      const steps = planPhases(made.plan, await readSchema(planning.client));
      return { plan: made.plan, statements: steps.flatMap((phase) => phase.statements.map(({ sql }) => sql)) };
    });
    expect(tableOf(plan, "solid_queue_failed_executions")).toMatchObject({ class: "global", internal: true });
    expect(tableOf(plan, "notes").internal).toBe(false);
    const grants = statements.filter((sql) => sql.startsWith("grant"));
    expect(grants.some((sql) => sql.includes("public.users"))).toBe(true);
    expect(grants.filter((sql) => sql.includes("_private_jobs") || sql.includes("solid_queue"))).toEqual([]);
  });
});
