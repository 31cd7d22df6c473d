import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlanning, tableOf, users, type Planning } from "./open-planning.ts";

let planning: Planning;
beforeAll(async () => {
  planning = await openPlanning(`convert_shared_rows_${process.pid}`);
});
afterAll(async () => planning[Symbol.asyncDispose]());

const folders = `${users}
  create table folders (id int primary key, user_id bigint references users, parent_id int references folders, name text not null);
  insert into folders select n, n, null, 'root' from generate_series(1, 4) n; insert into folders select n + 4, null, n, 'child' from generate_series(1, 4) n;`;

const byFolder = { by: "parent", columns: ["parent_id"], parent: "public.folders", parentColumns: ["id"] };

describe("a row that names no owner itself", () => {
  it("belongs where the row is that it hangs on, and is not everybody's", async () => {
    const plan = await planning.planOf(folders);
    expect(tableOf(plan, "folders")).toMatchObject({
      class: "tenant",
      derive: { by: "coalesce", of: [{ by: "user", column: "user_id" }, byFolder] },
    });
    expect(plan.questions).toEqual([]);
  });

  it("belongs to whoever always says to have made it, where what it may hang on is not set", async () => {
    const plan = await planning.planOf(`${folders}
      create table notes (id int primary key, folder_id int references folders, created_by bigint not null references users);
      insert into notes select n, case when n % 2 = 0 then n end, n from generate_series(1, 4) n;`);
    expect(tableOf(plan, "notes").derive).toMatchObject({
      by: "coalesce",
      of: [
        { by: "parent", parent: "public.folders" },
        { by: "user", column: "created_by" },
      ],
    });
    expect(plan.questions).toEqual([]);
  });
});

describe("a type and an id", () => {
  const files = (types: string): string => `${folders}
    create table files (id int primary key, owner_type text not null, owner_id bigint not null, key text); insert into files values ${types};`;

  it("lead to users as well as to tables, and what is gone is asked about", async () => {
    const plan = await planning.planOf(files("(1, 'User', 1), (2, 'App\\Folder', 2), (3, 'User', 2), (4, 'User', 99)"));
    expect(tableOf(plan, "files").derive).toEqual({
      by: "polymorphic",
      typeColumn: "owner_type",
      idColumn: "owner_id",
      cases: [
        { value: "User", parent: "public.users", parentColumn: "id" },
        { value: "App\\Folder", parent: "public.folders", parentColumn: "id" },
      ],
    });
    expect(plan.questions).toMatchObject([{ id: "unowned:public.files" }]);
  });

  it("are followed where a framework numbers its tables", async () => {
    const plan = await planning.planOf(`${folders}
      create table content_types (id int primary key, app text not null, model text not null, unique (app, model));
      insert into content_types values (7, 'auth', 'user'), (8, 'drive', 'folder');
      create table labels (id int primary key, content_type_id int not null references content_types, object_id text not null);
      insert into labels values (1, 8, '1'), (2, 8, '5');`);
    expect(tableOf(plan, "labels").derive).toMatchObject({
      typeColumn: "content_type_id",
      idColumn: "object_id",
      cases: [{ value: "8", parent: "public.folders" }],
    });
  });

  it("are no reference to a table that the id's name alone would mean", async () => {
    const plan = await planning.planOf(`${folders}
      create table items (id int primary key, user_id bigint not null references users); insert into items select n, n from generate_series(1, 4) n;
      create table versions (id int primary key, item_type text not null, item_id int not null); insert into versions select n, 'Folder', n from generate_series(1, 4) n;`);
    expect(tableOf(plan, "versions")).toMatchObject({ class: "tenant", references: [] });
  });
});

describe("rows that several users see", () => {
  it.each([
    ["follower_id", "followed_id", "ask"],
    ["sender_id", "recipient_id", "ask"],
    ["user_id", "friend_id", "tenant"],
    ["created_by", "updated_by", "tenant"],
  ])("that name %s and %s are of class %s", async (one, other, expected) => {
    const plan = await planning.planOf(
      `${users} create table ties (id int primary key, ${one} bigint not null references users, ${other} bigint not null references users); insert into ties values (1, 1, 2);`,
    );
    expect(tableOf(plan, "ties").class).toBe(expected);
  });

  it("are nobody's alone: a conversation is asked about, and so is what is written in it", async () => {
    const plan = await planning.planOf(`${users}
      create table threads (id int primary key, started_at timestamptz); insert into threads select n from generate_series(1, 2) n;
      create table thread_participants (thread_id int references threads on delete cascade, user_id bigint references users, primary key (thread_id, user_id));
      create table thread_messages (id int primary key, thread_id int not null references threads on delete cascade, user_id bigint not null references users, body text);
      insert into thread_participants select t, u from generate_series(1, 2) t, generate_series(1, 3) u; insert into thread_messages select n, 1, n from generate_series(1, 3) n;`);
    expect(plan.questions.map(({ id }) => id)).toEqual([
      "class:public.thread_messages",
      "class:public.thread_participants",
      "class:public.threads",
    ]);
  });

  it("through a share are said, with how many", async () => {
    const plan = await planning.planOf(`${folders}
      create table folder_users (folder_id int references folders on delete cascade, user_id bigint references users, primary key (folder_id, user_id));
      insert into folder_users select n, 1 from generate_series(1, 4) n;`);
    expect(tableOf(plan, "folder_users").issues.join()).toMatch(/3 of 4 rows looked at name by user_id another user/);
  });
});

it("a table to which no way leads is not everybody's where it holds secrets, tells of people or has no name to choose by", async () => {
  const plan = await planning.planOf(`${folders}
    create table vaults (id int primary key, name text unique, private_key text);
    create table visitors (id int primary key, name text unique, fingerprint text);
    create table batches (id int primary key, size int);
    create table colors (id int primary key, name text unique);
    create table shots (id int primary key, folder_id int not null references folders, visitor_id int references visitors, batch_id int references batches, color_id int references colors);
    insert into visitors values (1, 'v'); insert into batches values (1), (2); insert into colors values (1, 'red');
    insert into shots select n, n, 1, 1 + n % 2, 1 from generate_series(1, 8) n;`);
  const classes = ["vaults", "visitors", "batches", "colors"].map((table) => tableOf(plan, table).class);
  expect(classes).toEqual(["ask", "ask", "ask", "global"]);
});

it("a plan says that most tables hang on something of which users have several, and that row security hid rows", async () => {
  const parts = ["a", "b", "c", "d", "e"].map(
    (part) => `create table box_${part} (id int primary key, box_id int not null references boxes on delete cascade);`,
  );
  const role = `convert_hidden_${process.pid}`;
  const plan = await planning.planOf(`${users}
    create table boxes (id int primary key, user_id bigint not null references users); ${parts.join(" ")}
    alter table box_a enable row level security; create role ${role}; grant select on all tables in schema public to ${role}; set local role ${role};`);
  expect(plan.issues).toMatchObject([
    expect.stringMatching(/^Row security hides rows of public\.box_a from the role/),
    expect.stringMatching(/^5 tables belong to a row of public\.boxes.*--users-table public\.boxes\.$/),
  ]);
});
