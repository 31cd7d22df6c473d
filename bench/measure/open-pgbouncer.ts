import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseFreePort } from "@rowhouse/local-postgres";

/** A PgBouncer in transaction mode before the server. */
export interface PgBouncer extends AsyncDisposable {
  url(originalUrl: string): string;
}

export interface PgBouncerOptions {
  /** The people who may come through: they are known by the passwords of these URLs. */
  readonly urls: readonly string[];
  /** To the server, for each of them. */
  readonly connections: number;
}

/** Where PgBouncer is installed on this machine, if it is. */
export const pgBouncerPath = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"].find(isThere);

export async function openPgBouncer({ urls, connections }: PgBouncerOptions): Promise<PgBouncer> {
  const [server] = urls.map((url) => new URL(url));
  if (pgBouncerPath === undefined || server === undefined) throw new Error("PgBouncer is not installed.");
  const folder = await mkdtemp(path.join(tmpdir(), "rowhouse-bench-pgbouncer-"));
  const port = await chooseFreePort();
  const settings = path.join(folder, "pgbouncer.ini");
  const people = path.join(folder, "users.txt");
  await writeFile(people, urls.map(toUserLine).join(""));
  await writeFile(settings, settingsText({ server, port, people, connections }));
  // As root it runs as somebody else, who must be able to read these.
  await chmod(folder, 0o755);
  const asNobody = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const bouncer = spawn(pgBouncerPath, ["-q", ...asNobody, settings], { stdio: "ignore" });
  const ended = once(bouncer, "exit");
  await untilItListens(port);
  return {
    url: (originalUrl) => {
      const url = new URL(originalUrl);
      url.port = String(port);
      return url.href;
    },
    [Symbol.asyncDispose]: async () => {
      bouncer.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function toUserLine(text: string): string {
  const { username, password } = new URL(text);
  return `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`;
}

function settingsText(own: {
  readonly server: URL;
  readonly port: number;
  readonly people: string;
  readonly connections: number;
}): string {
  return `[databases]
* = host=${own.server.hostname} port=${own.server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own.port}
unix_socket_dir =
auth_type = trust
auth_file = ${own.people}
pool_mode = transaction
default_pool_size = ${own.connections}
max_client_conn = 1000
`;
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function untilItListens(port: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > deadline) throw new Error("PgBouncer did not begin to listen.");
    await sleep(50);
  }
}
