import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { App } from "./open-app.ts";

const main = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));

/** Starts `rowhouse convert run` as a process and ends it without warning as soon as the ledger has a step of this name. */
export async function killRun({ url, admin }: App, { plan, place }: { plan: string; place: string }): Promise<void> {
  // Not by way of bin, which starts a process of its own that would survive.
  const given = ["--conditions=rowhouse-source", "--import", import.meta.resolve("tsx"), main];
  const child = spawn(process.execPath, [...given, "convert", "run", "--plan", plan, "--yes", "--no-throttle"], {
    env: { NODE_ENV: "test", ROWHOUSE_DATABASE_URL: url },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  while (child.exitCode === null) {
    const { rowCount } = await admin
      .query("select from rowhouse_convert.steps where id like $1", [`${place}%`])
      // Before the run has made the ledger there is none.
      .catch(() => ({ rowCount: 0 }));
    if (rowCount !== null && rowCount > 0) break;
    await sleep(5);
  }
  if (child.exitCode !== null) throw new Error(`The run ended before ${place}: ${said}`);
  child.kill("SIGKILL");
  await ended;
}
