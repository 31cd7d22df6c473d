import { sql, type Compilable } from "kysely";
import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";
import { expect, it } from "vitest";
import { openCompiler, sqlOf } from "../fixture/compile-scoped.ts";

const db = openCompiler();

const statements: Record<string, Compilable> = {
  "a select": db.selectFrom("projects").select("name"),
  "a select with an alias": db.selectFrom("projects as p").selectAll("p"),
  "a select from public": db.selectFrom("public.projects").select("name"),
  "an OR": db
    .selectFrom("projects")
    .select("name")
    .where((eb) => eb.or([eb("name", "=", "a"), eb("name", "=", "b")])),
  "a raw OR": db
    .selectFrom("projects")
    .select("name")
    .where(sql<boolean>`true or true`),
  "two tables": db.selectFrom(["projects", "tasks"]).select("projects.name"),
  "an inner join": db.selectFrom("projects").innerJoin("tasks", "tasks.projectId", "projects.id").select("title"),
  "a left join": db.selectFrom("projects").leftJoin("tasks", "tasks.projectId", "projects.id").select("title"),
  "a right join": db.selectFrom("projects").rightJoin("tasks", "tasks.projectId", "projects.id").select("title"),
  "a full join": db.selectFrom("projects as p").fullJoin("tasks as t", "t.projectId", "p.id").select("title"),
  "a cross join": db.selectFrom("projects").crossJoin("tasks").select("title"),
  "a raw OR in a join": db
    .selectFrom("projects")
    .innerJoin("tasks", (join) => join.on(sql<boolean>`true or true`))
    .select("title"),
  "a self join": db.selectFrom("projects as a").innerJoin("projects as b", "b.name", "a.name").select("a.id"),
  "an alias that is another table's name": db.selectFrom("projects as tasks").select("tasks.name"),
  "a lateral join": db
    .selectFrom("projects")
    .innerJoinLateral(
      (eb) => eb.selectFrom("tasks").select("title").whereRef("tasks.projectId", "=", "projects.id").as("t"),
      (join) => join.onTrue(),
    )
    .select("t.title"),
  "a sub-select in FROM": db.selectFrom((eb) => eb.selectFrom("projects").select("name").as("p")).select("p.name"),
  EXISTS: db
    .selectFrom("plans")
    .select("name")
    .where((eb) => eb.exists(eb.selectFrom("projects").select("id"))),
  "a scalar sub-select": db
    .selectFrom("plans")
    .select((eb) => eb.selectFrom("projects").select(eb.fn.countAll().as("n")).as("n")),
  "a sub-select in raw SQL": db
    .selectFrom("plans")
    .select(sql`(${db.selectFrom("projects").select("name").limit(1)})`.as("first")),
  "a CTE": db
    .with("p", (q) => q.selectFrom("projects").select("name"))
    .selectFrom("p")
    .selectAll(),
  "a recursive CTE": db
    .withRecursive("r", (q) =>
      q
        .selectFrom("projects")
        .select("name")
        .unionAll(q.selectFrom("r").innerJoin("projects", "projects.name", "r.name").select("r.name")),
    )
    .selectFrom("r")
    .selectAll(),
  "a CTE that writes": db
    .with("d", (q) => q.deleteFrom("tasks").returning("id"))
    .insertInto("projects")
    .columns(["name"])
    .expression((eb) => eb.selectFrom("d").select("d.id")),
  "a union": db.selectFrom("projects").select("name").union(db.selectFrom("tasks").select("title as name")),
  "except and intersect": db
    .selectFrom("projects")
    .select("id")
    .except(db.selectFrom("tasks").select("projectId as id"))
    .intersect(db.selectFrom("tasks").select("id")),
  "nested JSON": db
    .selectFrom("projects")
    .select((eb) => [
      "id",
      jsonArrayFrom(eb.selectFrom("tasks").select("title").whereRef("tasks.projectId", "=", "projects.id")).as("tasks"),
      jsonObjectFrom(eb.selectFrom("plans").select("name").limit(1)).as("plan"),
    ]),
  "DISTINCT ON": db.selectFrom("projects").distinctOn("name").select("name").orderBy("name"),
  "FOR UPDATE": db.selectFrom("projects").select("id").forUpdate(),
  "a group": db
    .selectFrom("projects")
    .select((eb) => eb.fn.countAll().as("n"))
    .groupBy("name")
    .having((eb) => eb.fn.countAll(), ">", 1),
  "a select without a table": db.selectNoFrom((eb) => eb.exists(eb.selectFrom("projects").select("id")).as("any")),
  "an insert": db.insertInto("projects").values({ name: "a" } as never),
  "an insert of two rows, one with a default": db
    .insertInto("projects")
    .values([{ name: "a" }, { name: "b", id: "x" }] as never),
  "an insert of defaults": db.insertInto("projects").defaultValues(),
  "an insert from a select": db
    .insertInto("projects")
    .columns(["name"])
    .expression((eb) => eb.selectFrom("tasks").select("title")),
  "on conflict do nothing": db
    .insertInto("projects")
    .values({ name: "a" } as never)
    .onConflict((oc) => oc.column("name").doNothing()),
  "on conflict do update": db
    .insertInto("projects")
    .values({ name: "a" } as never)
    .onConflict((oc) => oc.column("name").doUpdateSet({ name: "b" })),
  "on conflict with a raw OR": db
    .insertInto("projects")
    .values({ name: "a" } as never)
    .onConflict((oc) =>
      oc
        .constraint("c")
        .doUpdateSet({ name: "b" })
        .where(sql<boolean>`true or true`),
    ),
  "an update": db.updateTable("projects").set({ name: "a" }).where("id", "=", "x"),
  "an update with an alias and a raw OR": db
    .updateTable("projects as p")
    .set({ name: "a" })
    .where(sql<boolean>`true or true`),
  "UPDATE … FROM": db
    .updateTable("projects")
    .from("tasks")
    .set((eb) => ({ name: eb.ref("tasks.title") }))
    .whereRef("tasks.projectId", "=", "projects.id"),
  "an update to a sub-select": db
    .updateTable("projects")
    .set({ name: (eb) => eb.selectFrom("tasks").select("title").limit(1) }),
  "a delete": db.deleteFrom("projects").where(sql<boolean>`true or true`),
  "DELETE … USING": db
    .deleteFrom("projects")
    .using("tasks")
    .whereRef("tasks.projectId", "=", "projects.id")
    .returningAll("projects"),
  "DELETE … USING with a left join": db
    .deleteFrom("tasks")
    .using("projects")
    .leftJoin("tasks as t", "t.projectId", "projects.id")
    .where("t.id", "is", null),
  "a table of the control plane": db.selectFrom("rowhouse.memberships").select("role"),
  "a global table": db.selectFrom("plans").selectAll(),
  "a mixed table": db.selectFrom("presets as p").select("name").where("name", "=", "a"),
  "a left join to a mixed table": db
    .selectFrom("tasks as t")
    .leftJoin("presets as p", "p.id", "t.presetId")
    .select("p.name"),
  "a full join to a mixed table": db
    .selectFrom("tasks as t")
    .fullJoin("presets as p", "p.id", "t.presetId")
    .select("p.name"),
  "an update of a mixed table, from itself": db
    .updateTable("presets")
    .from("presets as other")
    .set((eb) => ({ name: eb.ref("other.name") })),
  "a delete from a mixed table, using itself": db
    .deleteFrom("presets")
    .using("presets as other")
    .where("other.name", "=", "a"),
  "an upsert into a mixed table, from itself": db
    .insertInto("presets")
    .columns(["name"])
    .expression((eb) => eb.selectFrom("presets").select("name"))
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ name: "b" })),
  "another schema by withSchema": db.withSchema("public").selectFrom("projects").select("name"),
};

it("every tenant table of a statement, of every kind, is bound to the organization", () => {
  const texts = Object.entries(statements).map(([title, statement]) => `# ${title}\n${sqlOf(statement)}`);
  expect(texts.join("\n")).toMatchInlineSnapshot(`
    "# a select
    select "name" from "projects" where "projects"."organization_id" = $org
    # a select with an alias
    select "p".* from "projects" as "p" where "p"."organization_id" = $org
    # a select from public
    select "name" from "public"."projects" where "public"."projects"."organization_id" = $org
    # an OR
    select "name" from "projects" where (("name" = $1 or "name" = $2)) and "projects"."organization_id" = $org
    # a raw OR
    select "name" from "projects" where (true or true) and "projects"."organization_id" = $org
    # two tables
    select "projects"."name" from "projects", "tasks" where "projects"."organization_id" = $org and "tasks"."organization_id" = $org
    # an inner join
    select "title" from "projects" inner join "tasks" on ("tasks"."project_id" = "projects"."id") and "tasks"."organization_id" = $org where "projects"."organization_id" = $org
    # a left join
    select "title" from "projects" left join "tasks" on ("tasks"."project_id" = "projects"."id") and "tasks"."organization_id" = $org where "projects"."organization_id" = $org
    # a right join
    select "title" from (select * from "projects" where "projects"."organization_id" = $org) as "projects" right join (select * from "tasks" where "tasks"."organization_id" = $org) as "tasks" on "tasks"."project_id" = "projects"."id"
    # a full join
    select "title" from (select * from "projects" where "projects"."organization_id" = $org) as "p" full join (select * from "tasks" where "tasks"."organization_id" = $org) as "t" on "t"."project_id" = "p"."id"
    # a cross join
    select "title" from "projects" cross join "tasks" where "projects"."organization_id" = $org and "tasks"."organization_id" = $org
    # a raw OR in a join
    select "title" from "projects" inner join "tasks" on (true or true) and "tasks"."organization_id" = $org where "projects"."organization_id" = $org
    # a self join
    select "a"."id" from "projects" as "a" inner join "projects" as "b" on ("b"."name" = "a"."name") and "b"."organization_id" = $org where "a"."organization_id" = $org
    # an alias that is another table's name
    select "tasks"."name" from "projects" as "tasks" where "tasks"."organization_id" = $org
    # a lateral join
    select "t"."title" from "projects" inner join lateral (select "title" from "tasks" where ("tasks"."project_id" = "projects"."id") and "tasks"."organization_id" = $org) as "t" on true where "projects"."organization_id" = $org
    # a sub-select in FROM
    select "p"."name" from (select "name" from "projects" where "projects"."organization_id" = $org) as "p"
    # EXISTS
    select "name" from "plans" where exists (select "id" from "projects" where "projects"."organization_id" = $org)
    # a scalar sub-select
    select (select count(*) as "n" from "projects" where "projects"."organization_id" = $org) as "n" from "plans"
    # a sub-select in raw SQL
    select ((select "name" from "projects" where "projects"."organization_id" = $org limit $2)) as "first" from "plans"
    # a CTE
    with "p" as (select "name" from "projects" where "projects"."organization_id" = $org) select * from "p"
    # a recursive CTE
    with recursive "r" as (select "name" from "projects" where "projects"."organization_id" = $org union all select "r"."name" from "r" inner join "projects" on ("projects"."name" = "r"."name") and "projects"."organization_id" = $org) select * from "r"
    # a CTE that writes
    with "d" as (delete from "tasks" where "tasks"."organization_id" = $org returning "id") insert into "projects" ("name", "organization_id") select "d"."id", cast($org as uuid) as "organization" from "d"
    # a union
    select "name" from "projects" where "projects"."organization_id" = $org union select "title" as "name" from "tasks" where "tasks"."organization_id" = $org
    # except and intersect
    select "id" from "projects" where "projects"."organization_id" = $org except select "project_id" as "id" from "tasks" where "tasks"."organization_id" = $org intersect select "id" from "tasks" where "tasks"."organization_id" = $org
    # nested JSON
    select "id", (select coalesce(json_agg(agg), '[]') from (select "title" from "tasks" where ("tasks"."project_id" = "projects"."id") and "tasks"."organization_id" = $org) as agg) as "tasks", (select to_json(obj) from (select "name" from "plans" limit $2) as obj) as "plan" from "projects" where "projects"."organization_id" = $org
    # DISTINCT ON
    select distinct on ("name") "name" from "projects" where "projects"."organization_id" = $org order by "name"
    # FOR UPDATE
    select "id" from "projects" where "projects"."organization_id" = $org for update
    # a group
    select count(*) as "n" from "projects" where "projects"."organization_id" = $org group by "name" having count(*) > $2
    # a select without a table
    select exists (select "id" from "projects" where "projects"."organization_id" = $org) as "any"
    # an insert
    insert into "projects" ("name", "organization_id") values ($1, $org)
    # an insert of two rows, one with a default
    insert into "projects" ("name", "id", "organization_id") values ($1, default, $org), ($3, $4, $org)
    # an insert of defaults
    insert into "projects" ("organization_id") values ($org)
    # an insert from a select
    insert into "projects" ("name", "organization_id") select "title", cast($org as uuid) as "organization" from "tasks" where "tasks"."organization_id" = $org
    # on conflict do nothing
    insert into "projects" ("name", "organization_id") values ($1, $org) on conflict ("organization_id", "name") do nothing
    # on conflict do update
    insert into "projects" ("name", "organization_id") values ($1, $org) on conflict ("organization_id", "name") do update set "name" = $3 where "projects"."organization_id" = $org
    # on conflict with a raw OR
    insert into "projects" ("name", "organization_id") values ($1, $org) on conflict on constraint "c" do update set "name" = $3 where (true or true) and "projects"."organization_id" = $org
    # an update
    update "projects" set "name" = $1 where ("id" = $2) and "projects"."organization_id" = $org
    # an update with an alias and a raw OR
    update "projects" as "p" set "name" = $1 where (true or true) and "p"."organization_id" = $org
    # UPDATE … FROM
    update "projects" set "name" = "tasks"."title" from "tasks" where (("tasks"."project_id" = "projects"."id") and "tasks"."organization_id" = $org) and "projects"."organization_id" = $org
    # an update to a sub-select
    update "projects" set "name" = (select "title" from "tasks" where "tasks"."organization_id" = $org limit $2) where "projects"."organization_id" = $org
    # a delete
    delete from "projects" where (true or true) and "projects"."organization_id" = $org
    # DELETE … USING
    delete from "projects" using "tasks" where ("tasks"."project_id" = "projects"."id") and "projects"."organization_id" = $org and "tasks"."organization_id" = $org returning "projects".*
    # DELETE … USING with a left join
    delete from "tasks" using "projects" left join "tasks" as "t" on ("t"."project_id" = "projects"."id") and "t"."organization_id" = $org where ("t"."id" is null) and "tasks"."organization_id" = $org and "projects"."organization_id" = $org
    # a table of the control plane
    select "role" from "rowhouse"."memberships" where "rowhouse"."memberships"."organization_id" = $org
    # a global table
    select * from "plans"
    # a mixed table
    select "name" from "presets" as "p" where ("name" = $1) and ("p"."organization_id" = $org or "p"."organization_id" is null)
    # a left join to a mixed table
    select "p"."name" from "tasks" as "t" left join "presets" as "p" on ("p"."id" = "t"."preset_id") and ("p"."organization_id" = $org or "p"."organization_id" is null) where "t"."organization_id" = $org
    # a full join to a mixed table
    select "p"."name" from (select * from "tasks" where "tasks"."organization_id" = $org) as "t" full join (select * from "presets" where ("presets"."organization_id" = $org or "presets"."organization_id" is null)) as "p" on "p"."id" = "t"."preset_id"
    # an update of a mixed table, from itself
    update "presets" set "name" = "other"."name" from "presets" as "other" where (("other"."organization_id" = $org or "other"."organization_id" is null)) and "presets"."organization_id" = $org
    # a delete from a mixed table, using itself
    delete from "presets" using "presets" as "other" where ("other"."name" = $1) and "presets"."organization_id" = $org and ("other"."organization_id" = $org or "other"."organization_id" is null)
    # an upsert into a mixed table, from itself
    insert into "presets" ("name", "organization_id") select "name", cast($org as uuid) as "organization" from "presets" where ("presets"."organization_id" = $org or "presets"."organization_id" is null) on conflict ("organization_id", "name") do update set "name" = $3 where "presets"."organization_id" = $org
    # another schema by withSchema
    select "name" from "public"."projects" where "public"."projects"."organization_id" = $org"
  `);
});
