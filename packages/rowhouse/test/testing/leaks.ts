import type { AddRoutes } from "./shop.ts";

/** Of each leak what it is, where it is, and what must be said of it. */
export const leaks: readonly (readonly [string, string, RegExp, AddRoutes])[] = [
  [
    "updates by id alone and answers 204",
    "PATCH /docs/{doc_id}",
    /data changed: shop\.docs/,
    ({ app, db }) =>
      app.patch("/docs/:id", async (context) => {
        const { title } = await context.req.json<{ title: string }>();
        await db.query("update shop.docs set title = $2 where id = $1", [Number(context.req.param("id")), title]);
        return context.body(null, 204);
      }),
  ],
  [
    "answers 404 and deletes",
    "DELETE /notes/{id}",
    /answered 404, and the victim's data changed: shop\.notes/,
    ({ app, db, accountOf }) =>
      app.delete("/notes/:id", async (context) => {
        const text = "delete from shop.notes where id = $1 returning account_id";
        const { rows } = await db.query<{ account_id: number }>(text, [Number(context.req.param("id"))]);
        return context.body(null, rows[0]?.account_id === accountOf(context) ? 204 : 404);
      }),
  ],
  [
    "takes the organization from the body, which nothing documents",
    "POST /docs",
    /answered 201, and the victim's data changed/,
    ({ app, db, accountOf }) =>
      app.post("/docs", async (context) => {
        const { account_id: account = accountOf(context), title } = await context.req.json<{
          account_id?: number;
          title: string;
        }>();
        const text = "insert into shop.docs (account_id, title) values ($1, $2) returning id";
        return context.json((await db.query(text, [account, title])).rows[0], 201);
      }),
  ],
  [
    "takes the organization from the query, which nothing documents",
    "GET /docs",
    /with what is the victim's: "Grace secret one"/,
    ({ app, db, accountOf }) =>
      app.get("/docs", async (context) => {
        const account = context.req.query("account_id") ?? accountOf(context);
        const { rows } = await db.query("select id, title from shop.docs where account_id = $1 order by id", [account]);
        return context.json({ docs: rows });
      }),
  ],
  [
    "lists everything",
    "GET /docs",
    /with what is the victim's: "Grace secret one"/,
    ({ app, db }) =>
      app.get("/docs", async (context) =>
        context.json({ docs: (await db.query("select * from shop.docs order by id")).rows }),
      ),
  ],
  [
    "lets its rows point at another's",
    "POST /notes",
    /answered 201 to the victim's id, 422 to one that names nothing/,
    ({ app, db, accountOf }) =>
      app.post("/notes", async (context) => {
        const { doc_id: doc, body } = await context.req.json<{ doc_id: number; body: string }>();
        const found = await db.query("select from shop.docs where id = $1", [doc]);
        if (found.rowCount === 0) return context.json({ error: "No such document" }, 422);
        const text = "insert into shop.notes (account_id, doc_id, body) values ($1, $2, $3) returning id";
        return context.json((await db.query(text, [accountOf(context), doc, body])).rows[0], 201);
      }),
  ],
  [
    "filters by another's id without looking whose it is",
    "GET /notes",
    /with what is the victim's/,
    ({ app, db, accountOf }) =>
      app.get("/notes", async (context) => {
        const doc = context.req.query("doc_id");
        const [column, value] = doc === undefined ? ["account_id", accountOf(context)] : ["doc_id", doc];
        return context.json(
          (await db.query(`select id, doc_id, body from shop.notes where ${column} = $1`, [value])).rows,
        );
      }),
  ],
  [
    "names the victim's thing in its refusal",
    "GET /docs/{doc_id}",
    /answered 403 with what is the victim's: "Grace secret one"/,
    ({ app, db, accountOf }) =>
      app.get("/docs/:id", async (context) => {
        const text = "select id, title, account_id from shop.docs where id = $1";
        const { rows } = await db.query<{ title: string; account_id: number }>(text, [Number(context.req.param("id"))]);
        if (rows[0]?.account_id === accountOf(context)) return context.json(rows[0]);
        return context.json({ error: `You may not read ${rows[0]?.title ?? "this"}.` }, 403);
      }),
  ],
];
