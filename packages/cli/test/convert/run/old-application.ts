import pg from "pg";

/** Statements of an application that has never heard of organizations. */
const statements = [
  "insert into users (name, email) values ('New', 'new' || gen_random_uuid() || '@example.org')",
  `insert into "Collections" ("userId", name) select id, 'n' || gen_random_uuid() from users order by random() limit 1`,
  `update "Collections" set name = name || 'x' where id = (select id from "Collections" order by random() limit 1)`,
  `insert into links (collection_id, url) select id, 'https://new/x' from "Collections" order by random() limit 1`,
  "delete from links where id = (select id from links where url = 'https://new/x' limit 1)",
  "insert into tags (user_id, name) select id, gen_random_uuid() from users order by random() limit 1",
  `insert into link_tags select l.id, t.id from links l join "Collections" c on c.id = l.collection_id join tags t on t.user_id = c."userId"
    order by random() limit 1 on conflict do nothing`,
  "insert into comments (link_id) select id from links order by random() limit 1",
  "insert into comments (parent_id) select id from comments order by random() limit 1",
  "insert into polls (user_id) values (null)",
  "insert into polls (user_id) select id from users order by random() limit 1",
  "update polls set user_id = (select id from users order by random() limit 1) where id = (select id from polls order by random() limit 1)",
  "insert into votes (poll_id) select id from polls order by random() limit 1",
  "insert into drafts (user_id) values (null)",
  "insert into stale (user_id) values (null)",
  "insert into logs select id, 'new' from users order by random() limit 1",
  `with data as (insert into document_data default values returning id)
    insert into documents (user_id, data_id) select u.id, data.id from data, (select id from users order by random() limit 1) u`,
  `insert into attachments ("type", target_id) select 'Poll', id from polls order by random() limit 1`,
  "insert into projects (user_id, slug) select id, gen_random_uuid() from users order by random() limit 1",
  "insert into projects (team_id, slug) select id, gen_random_uuid() from teams order by random() limit 1",
  "insert into events (user_id) select id from users order by random() limit 1",
  "insert into accounts (user_id) select id from users order by random() limit 1",
  'insert into "order" (account_id, account_user_id) select id, user_id from accounts order by random() limit 1',
  "insert into symbols (user_id, code) values (null, 'new')",
  "insert into boxes (user_id) select id from users order by random() limit 1",
  'insert into "group" (box_id) select id from boxes order by random() limit 1',
  "insert into team_members select t.id, u.id, 'crew' from teams t, users u order by random() limit 1 on conflict do nothing",
  "delete from users where id = (select id from users where name = 'New' order by random() limit 1)",
];

/** The old application at work until it is stopped: one statement after the other, so that none fails for another of its own. */
export class OldApplication implements AsyncDisposable {
  /** What it was refused. */
  readonly failures: string[] = [];
  done = 0;
  readonly #pool: pg.Pool;
  readonly #worker: Promise<void>;
  #isStopped = false;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 1 });
    this.#worker = this.#work();
  }

  async #work(): Promise<void> {
    for (let at = 0; !this.#isStopped; at += 1) {
      const sql = statements[at % statements.length] ?? "";
      try {
        await this.#pool.query(sql);
        this.done += 1;
      } catch (error) {
        const said =
          error instanceof pg.DatabaseError
            ? `${error.message} ${error.detail ?? ""} ${error.where ?? ""}`
            : String(error);
        this.failures.push(`${sql}: ${said}`);
      }
      await new Promise((next) => setTimeout(next, 10));
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#worker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#pool.end();
  }
}
