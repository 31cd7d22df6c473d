import { withAdminClient } from "@rowhouse/local-postgres";
import pg from "pg";
import { clients, pause, perSecond, sizeOfTasks, type Converted, type Target } from "./convert-under-load.ts";
import { startLoad } from "./load.ts";

/** What guides recommend: everything in one transaction, so that it can be taken back if it fails. */
const script = `
  begin;
  create table organizations (id uuid primary key default gen_random_uuid(), user_id bigint not null unique references users, name text not null);
  insert into organizations (user_id, name) select id, name from users;
  alter table projects add organization_id uuid;
  update projects p set organization_id = o.id from organizations o where o.user_id = p.user_id;
  alter table tags add organization_id uuid;
  update tags t set organization_id = o.id from organizations o where o.user_id = t.user_id;
  alter table tasks add organization_id uuid;
  update tasks t set organization_id = p.organization_id from projects p where p.id = t.project_id;
  alter table comments add organization_id uuid;
  update comments c set organization_id = t.organization_id from tasks t where t.id = c.task_id;
  alter table task_tags add organization_id uuid;
  update task_tags g set organization_id = t.organization_id from tasks t where t.id = g.task_id;
  ${["projects", "tags", "tasks", "comments", "task_tags"]
    .map(
      (table) => `alter table ${table} alter organization_id set not null,
        add foreign key (organization_id) references organizations (id) on delete cascade;
        create index on ${table} (organization_id);`,
    )
    .join("\n")}
  commit;`;

/** What it did beside what everything does. */
export interface AtOnce extends Omit<Converted, "wrong" | "steps"> {
  /** How often Postgres ended the script for a deadlock with the old application, and it began again. */
  readonly deadlocks: number;
}

/** The same database and the same load. The old application goes on for five seconds after, as it does until the new one is deployed. */
export async function convertAtOnce({ url, old, log }: Target): Promise<AtOnce> {
  const before = await sizeOfTasks(url);
  const load = startLoad({ url, users: old.users, rows: old.rows, clients, perSecond });
  await pause(5_000);
  load.enter("the script");
  const began = performance.now();
  const deadlocks = await runScript(url);
  const seconds = { "the script": (performance.now() - began) / 1000 };
  log(`the script in one transaction: ${seconds["the script"].toFixed(1)} s, ${deadlocks} deadlocks`);
  load.enter("after");
  await pause(5_000);
  return { load: await load.stop(), seconds, before, after: await sizeOfTasks(url), deadlocks };
}

/** All of it is one transaction, so that a deadlock leaves nothing and it can begin again. */
async function runScript(url: string): Promise<number> {
  for (let deadlocks = 0; ; deadlocks += 1) {
    try {
      await withAdminClient(url, (admin) => admin.query(script));
      return deadlocks;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== "40P01" || deadlocks >= 5) throw error;
    }
  }
}
