import { withAdminClient } from "@rowhouse/local-postgres";
import { seededRandom } from "../measure/random.ts";
import { clients, pause, perSecond, validate, type Target } from "./convert-under-load.ts";
import { startLoad } from "./load.ts";
import { runCommand, startCommand, type RunningCommand } from "./run-command.ts";

export interface Killed {
  readonly bySignal: number;
  readonly byServer: number;
  /** Runs that ended by themselves before their moment came. */
  readonly tooLate: number;
  readonly failed: number;
  readonly wrong: string | null;
}

/** Kills the command, or its backend, at random moments of a conversion under load, then lets it go to its end. */
export async function killAndResume(
  { url, old, planFile, log }: Target,
  { kills, seconds }: { readonly kills: number; /** That the conversion takes. */ readonly seconds: number },
): Promise<Killed> {
  await runCommand(["convert", "plan", "--url", url, "--out", planFile]);
  const load = startLoad({ url, users: old.users, rows: old.rows, clients, perSecond });
  const random = seededRandom(kills);
  const run = ["convert", "run", "--url", url, "--plan", planFile];
  const count = { bySignal: 0, byServer: 0, tooLate: 0 };
  let running = startRun(run);
  for (let kill = 0; kill < kills; kill += 1) {
    while (!running.isOver && (await withBackends(url, "pid is not null")) === 0) await pause(100);
    await pause(random() * 2_000 * (seconds / (kills + 1)));
    const how = running.isOver ? "tooLate" : kill % 2 === 0 ? "bySignal" : "byServer";
    count[how] += 1;
    // Without its backend the command takes another connection; without its process it is given again.
    if (how === "byServer") await withBackends(url, "pg_terminate_backend(pid)");
    if (how === "bySignal") {
      running.child.kill("SIGKILL");
      await running.ended;
      running = startRun(run);
    }
    log(`kill ${kill + 1} (${how})`);
  }
  await running.ended;
  await runCommand(run);
  const { failures } = await load.stop();
  return { ...count, failed: failures.length, wrong: await validate(url) };
}

interface Running extends RunningCommand {
  isOver: boolean;
}

function startRun(run: readonly string[]): Running {
  const running: Running = { ...startCommand(run), isOver: false };
  void running.ended.then(() => (running.isOver = true));
  return running;
}

/** Does this to each backend of the command; how many there are. */
async function withBackends(url: string, what: string): Promise<number> {
  return withAdminClient(url, async (admin) => {
    const { rowCount } = await admin.query(
      `select ${what} from pg_stat_activity
       where datname = current_database() and application_name = 'rowhouse convert'`,
    );
    return rowCount ?? 0;
  });
}
