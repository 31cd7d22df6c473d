import { reports, testRule } from "../test-rule.ts";

testRule("no-session-set", {
  valid: {
    "pg: set_config for the transaction": `await client.query("select set_config('app.organization_id', $1, true)", [organizationId]);`,
    "pg: SET LOCAL": `await client.query("set local role app_user");`,
    "pg: an update": `await client.query("update projects set name = $1 where organization_id = $2", [name, organizationId]);`,
    "pg: a setting that is no context": `await client.query("set statement_timeout = 5000");`,
    "pg: the kind of a transaction": `await client.query("set transaction isolation level serializable");`,
    "kysely: for the transaction": `import { sql } from "kysely"; await sql\`select set_config('app.tenant', \${organizationId}, true)\`.execute(trx);`,
    "prisma: for the transaction": "await tx.$executeRaw`select set_config('app.tenant', ${organizationId}, TRUE)`;",
    "a role that is given back": `await client.query("reset role");`,
    "words of a page": `const label = "Set role to admin";`,
  },
  invalid: {
    "pg: SET": reports(`await client.query("SET app.organization_id = '1'");`, "session"),
    "pg: SET by a template": reports("await client.query(`set app.organization_id = '${organizationId}'`);", "session"),
    "pg: SET SESSION": reports(`await client.query("set session app.tenant to '1'");`, "session"),
    "pg: set_config for the session": reports(
      `await pool.query("select set_config('app.tenant', $1, false)", [id]);`,
      "session",
    ),
    "pg: SET ROLE": reports(`await client.query("set role tenant_a");`, "session"),
    "pg: after another statement": reports(`await client.query("begin; set search_path = tenant_a");`, "session"),
    "prisma: SET": reports("await prisma.$executeRawUnsafe(`SET app.tenant = '${organizationId}'`);", "session"),
    "prisma: set_config for the session": reports(
      "await prisma.$queryRaw`select set_config('app.tenant', ${id}, false)`;",
      "session",
    ),
    "kysely: SET ROLE": reports(
      `import { sql } from "kysely"; await sql\`set session authorization tenant_a\`.execute(db);`,
      "session",
    ),
    "drizzle: with a comment before": reports(
      `import { sql } from "drizzle-orm"; await db.execute(sql\`/* tenant */ set row_security = off\`);`,
      "session",
    ),
  },
});
