import { reports, testRule } from "../test-rule.ts";

testRule("no-unscoped-sql", {
  valid: {
    "pg: the tenant is compared": `await pool.query("select * from projects where organization_id = $1 and id = $2", [organizationId, id]);`,
    "pg: an insert that names the tenant": `await client.query("insert into projects (organization_id, name) values ($1, $2)", [organizationId, name]);`,
    "pg: a catalog": `await client.query("select 1 from pg_catalog.pg_roles where rolname = $1", [role]);`,
    "pg: numbered parameters":
      'await pool.query(`select * from projects where organization_id = $1 and id in (${ids.map((_, i) => `$${i + 2}`).join(", ")})`, [organizationId, ...ids]);',
    "pg: a quoted name": "await client.query(`alter role ${quoteIdentifier(role)} nologin`);",
    "pg: words chosen from a list": `const orders = { newest: "created_at desc", name: "name" }; await pool.query("select * from projects where organization_id = $1 order by " + orders[sort], [organizationId]);`,
    "pg: a context set by hand": `async function list(client, organizationId) { await client.query("select set_config('app.organization_id', $1, true)", [organizationId]); return client.query("select * from projects"); }`,
    "prisma: the tenant is compared":
      "await prisma.$queryRaw`select * from projects where organization_id = ${organizationId}`;",
    "kysely: run in the scope": `import { sql } from "kysely"; await sql\`select count(*) from projects\`.execute(tenant.db);`,
    "kysely: a fragment": `import { sql } from "kysely"; await db.selectFrom("x").select(sql\`now()\`.as("now")).execute();`,
    "drizzle: a table by its object": `import { sql } from "drizzle-orm"; await db.execute(sql\`select * from \${projects} where \${projects.organizationId} = \${id}\`);`,
    "drizzle: in the scope": `import { sql } from "drizzle-orm"; await tenant.db.execute(sql\`select * from projects\`);`,
    "another thing called query": `const page = c.req.query("from here"); await graph.query("projects");`,
    "tables of no tenant": `await pool.query("select id from users where email = $1", [email]);`,
  },
  invalid: {
    "pg: by id alone": reports(`await pool.query("select * from projects where id = $1", [id]);`, "unscoped"),
    "pg: the tenant is selected, not compared": reports(
      `await pool.query("select organization_id from projects");`,
      "unscoped",
    ),
    "pg: a constant from above": reports(`const list = "delete from tasks"; await client.query(list);`, "unscoped"),
    "pg: a config object": reports(
      `await pool.query({ text: "update projects set name = $1", values: [name] });`,
      "unscoped",
    ),
    "pg: a value in the text": reports(
      "await pool.query(`select * from projects where organization_id = '${organizationId}'`);",
      "built",
    ),
    "pg: glued, in the scope": reports(
      `await tenant.query("select * from projects where name = '" + name + "'");`,
      "built",
    ),
    "prisma: no tenant": reports("await prisma.$queryRaw`select * from projects where id = ${id}`;", "unscoped"),
    "prisma: unsafe": reports(
      "await prisma.$executeRawUnsafe(`delete from projects where organization_id = ${organizationId}`);",
      "built",
    ),
    "kysely: sql under another name": reports(
      `import { sql as raw } from "kysely"; await raw\`select * from projects\`.execute(db);`,
      "unscoped",
    ),
    "drizzle: execute": reports(
      `import { sql } from "drizzle-orm"; await db.execute(sql\`update projects set name = \${name} where id = \${id}\`);`,
      "unscoped",
    ),
    "a join without the tenant": reports(
      `await pool.query("select t.* from tasks t join projects p on p.id = t.project_id");`,
      "unscoped",
    ),
    "raw text": reports(`import { sql } from "kysely"; query.orderBy(sql.raw(input.order + " desc"));`, "built"),
  },
});
