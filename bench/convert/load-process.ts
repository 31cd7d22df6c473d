import pg from "pg";
import { seededRandom } from "../measure/random.ts";
import type { FromLoad, LoadOptions, LoadSample, ToLoad } from "./load.ts";

/** The old application: it knows no organization, and goes on with its own statements whatever happens to the tables. */
const [given] = process.argv.slice(2);
const { url, users, rows, clients, perSecond } = JSON.parse(given ?? "") as LoadOptions;
const random = seededRandom(1);
const samples: LoadSample[] = [];
const failures: string[] = [];
let phase = "before";
let stopping = false;

process.on("message", (message: ToLoad) => {
  if (message.phase === undefined) stopping = true;
  else phase = message.phase;
});
// Without its parent nobody would ever stop it.
process.on("disconnect", () => process.exit(1));

await Promise.all(Array.from({ length: clients }, work));
const last: FromLoad = { samples, failures };
process.send?.(last, () => process.disconnect());

async function work(): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "old application" });
  await client.connect();
  const pause = (1_000 * clients) / perSecond;
  let due = performance.now() + random() * pause;
  while (!stopping) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const began = performance.now();
    const at = Date.now();
    const during = phase;
    const [sql, values] = statement();
    let failed = false;
    try {
      await client.query(sql, values);
    } catch (error) {
      failed = true;
      failures.push(error instanceof pg.DatabaseError ? `${error.code ?? ""} ${error.message}` : String(error));
    }
    samples.push({ phase: during, at, ms: performance.now() - began, failed });
    // Whoever was kept waiting does not hurry afterwards, as people do not.
    due = Math.max(due + pause, performance.now());
  }
  await client.end();
}

function statement(): readonly [string, unknown[]] {
  const dice = random();
  if (dice < 0.4)
    return ["select * from tasks where project_id = $1 order by created_at desc limit 20", [upTo(users * 4)]];
  if (dice < 0.65) return ["update tasks set done = not done where id = $1", [upTo(rows)]];
  if (dice < 0.85) return ["insert into tasks (project_id, title) values ($1, 'new')", [upTo(users * 4)]];
  if (dice < 0.94)
    return ["insert into comments (task_id, author_id, body) values ($1, $2, 'new')", [upTo(rows), upTo(users)]];
  if (dice < 0.96) return ["delete from comments where id = $1", [upTo(Math.floor(rows / 10))]];
  if (dice < 0.98) return ["insert into projects (user_id, name) values ($1, 'new')", [upTo(users)]];
  return ["insert into users (email, name) values (gen_random_uuid() || '@example.com', 'New')", []];
}

function upTo(most: number): number {
  return 1 + Math.floor(random() * most);
}
