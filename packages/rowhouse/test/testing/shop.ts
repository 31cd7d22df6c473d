import { Hono, type Context } from "hono";
import type pg from "pg";
import type { Party, ProofOptions } from "../../src/testing/index.ts";

/** Where an application takes the organization from. */
export type Place = "header" | "path" | "subdomain";

/** An application that knows nothing of Rowhouse: accounts, numbers as ids, names of its own. */
export interface Shop {
  readonly app: Hono;
  readonly db: pg.PoolClient;
  /** The account that a request is for, when whoever asks belongs to it. */
  readonly accountOf: (context: Context) => number | undefined;
  readonly options: Pick<ProofOptions, "document" | "request" | "attacker" | "victim">;
}

/** A route of a test's own: it comes before those of the shop. */
export type AddRoutes = (shop: Pick<Shop, "app" | "db" | "accountOf">) => void;

const accounts = { ada: 1001, grace: 2002 };
const hosts: Readonly<Record<string, number>> = { "one.shop.test": accounts.ada, "two.shop.test": accounts.grace };

/** Tables and rows in the transaction of this client, which takes them back. */
export async function seedShop(db: pg.PoolClient): Promise<void> {
  await db.query(`
    create schema shop;
    create table shop.docs (id serial primary key, account_id int not null, title text not null);
    create table shop.notes (id serial primary key, account_id int not null, doc_id int not null references shop.docs on delete cascade, body text not null);
    insert into shop.docs (account_id, title) values (1001, 'Ada one'), (1001, 'Ada two'), (2002, 'Grace secret one'), (2002, 'Grace secret two');
    insert into shop.notes (account_id, doc_id, body) values (1001, 1, 'Ada note'), (1001, 2, 'Ada note'), (2002, 3, 'Grace secret note'), (2002, 4, 'Grace secret note');
  `);
}

export const noRoutes: AddRoutes = () => undefined;

export function openShop(db: pg.PoolClient, place: Place, addRoutes = noRoutes): Shop {
  const app = new Hono();
  const accountOf: Shop["accountOf"] = (context) => {
    const user = context.req.header("authorization");
    const own = user === "ada" || user === "grace" ? accounts[user] : undefined;
    const named = {
      header: () => Number(context.req.header("x-account")),
      path: () => Number(context.req.param("account")),
      subdomain: () => hosts[new URL(context.req.url).host],
    };
    return named[place]() === own ? own : undefined;
  };
  const base = place === "path" ? "/accounts/:account" : "";
  const routes = place === "path" ? app.basePath(base) : app;
  routes.use(async (context, next) => (accountOf(context) === undefined ? notFound(context) : next()));
  addRoutes({ app: routes, db, accountOf });
  mountShop({ app: routes, db, accountOf });
  const party = (user: "ada" | "grace"): Party => ({
    headers: { authorization: user },
    organization:
      place === "subdomain"
        ? { account_id: accounts[user] }
        : { account: accounts[user], "X-Account": accounts[user], account_id: accounts[user] },
    origin: place === "subdomain" ? `http://${user === "ada" ? "one" : "two"}.shop.test` : undefined,
    secrets: [user === "ada" ? "Ada one" : "Grace secret one"],
  });
  return {
    ...{ app, db, accountOf },
    options: {
      document: describeShop(place),
      request: (url, init) => app.request(url, init),
      attacker: party("ada"),
      victim: party("grace"),
    },
  };
}

export function prefixOf(place: Place): string {
  return place === "path" ? "/accounts/{account}" : "";
}

const notFound = (context: Context) => context.json({ error: "There is no such thing." }, 404);

function mountShop({ app, db, accountOf }: Pick<Shop, "app" | "db" | "accountOf">): void {
  const rows = async (text: string, values: unknown[]) => (await db.query<Record<string, unknown>>(text, values)).rows;
  const one =
    (text: string, done: 200 | 204 = 200) =>
    async (context: Context) => {
      const account = accountOf(context) ?? 0;
      const id = Number(context.req.param("id"));
      const body = context.req.method === "PATCH" ? await context.req.json<{ title: string }>() : undefined;
      const [row] = await rows(text, body === undefined ? [id, account] : [id, account, body.title]);
      if (row === undefined) return notFound(context);
      return done === 204 ? context.body(null, 204) : context.json(row);
    };
  app.get("/docs", async (context) =>
    context.json({
      docs: await rows("select id, title from shop.docs where account_id = $1 order by id", [accountOf(context)]),
    }),
  );
  app.post("/docs", async (context) => {
    const { title } = await context.req.json<{ title: string }>();
    const text = "insert into shop.docs (account_id, title) values ($1, $2) returning id, title";
    return context.json((await rows(text, [accountOf(context), title]))[0], 201);
  });
  app.get("/docs/:id", one("select id, title from shop.docs where id = $1 and account_id = $2"));
  app.patch("/docs/:id", one("update shop.docs set title = $3 where id = $1 and account_id = $2 returning id, title"));
  app.delete("/docs/:id", one("delete from shop.docs where id = $1 and account_id = $2 returning id", 204));
  app.get("/notes", async (context) => {
    const text =
      "select id, doc_id, body from shop.notes where account_id = $1 and ($2::int is null or doc_id = $2) order by id";
    return context.json(await rows(text, [accountOf(context), context.req.query("doc_id") ?? null]));
  });
  app.post("/notes", async (context) => {
    const { doc_id: doc, body } = await context.req.json<{ doc_id: number; body: string }>();
    const text = `insert into shop.notes (account_id, doc_id, body)
      select account_id, id, $3 from shop.docs where id = $1 and account_id = $2 returning id, doc_id`;
    const [row] = await rows(text, [doc, accountOf(context), body]);
    return row === undefined ? context.json({ error: `No document ${doc}` }, 422) : context.json(row, 201);
  });
  app.get("/notes/:id", one("select id, body from shop.notes where id = $1 and account_id = $2"));
  app.delete("/notes/:id", one("delete from shop.notes where id = $1 and account_id = $2 returning id", 204));
  app.get("/plans", (context) => context.json([{ id: 7001, label: "Everybody's plan" }]));
  app.get("/plans/:id", (context) =>
    context.req.param("id") === "7001" ? context.json({ id: 7001 }) : notFound(context),
  );
}

/** Written by hand, in the 3.0 of most applications, its parameters not named as the routes name them. */
function describeShop(place: Place): unknown {
  const text = { type: "string", minLength: 3 };
  const number = { type: "integer" };
  const body = (properties: Record<string, unknown>) => ({
    required: true,
    content: { "application/json": { schema: { type: "object", required: Object.keys(properties), properties } } },
  });
  const responses = { default: { description: "An answer." } };
  const header = [{ $ref: "#/components/parameters/Account" }];
  const paths = {
    "/docs": { get: { responses }, post: { requestBody: body({ title: text }), responses } },
    "/docs/{doc_id}": {
      parameters: [{ name: "doc_id", in: "path", required: true, schema: number }],
      get: { responses },
      patch: { requestBody: body({ title: { $ref: "#/components/schemas/Title" } }), responses },
      delete: { responses },
    },
    "/notes": {
      get: { parameters: [{ name: "doc_id", in: "query", schema: number }], responses },
      post: { requestBody: body({ doc_id: number, body: text }), responses },
    },
    "/notes/{id}": { get: { responses }, delete: { responses } },
    "/plans": { get: { responses } },
    "/plans/{plan}": { get: { responses } },
  };
  const described = Object.entries(paths).map(([path, item]): [string, unknown] => [
    `${prefixOf(place)}${path}`,
    place === "header" ? { ...item, parameters: [...("parameters" in item ? item.parameters : []), ...header] } : item,
  ]);
  return {
    openapi: "3.0.3",
    paths: Object.fromEntries(described),
    components: {
      schemas: { Title: text },
      parameters: { Account: { name: "X-Account", in: "header", required: true, schema: number } },
    },
  };
}
