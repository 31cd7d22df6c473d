import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A proxy before the server, in a process of its own because it polls. */
export interface Delay extends AsyncDisposable {
  url(originalUrl: string): string;
}

export async function openDelay(serverUrl: string, delayMs: number): Promise<Delay> {
  const { hostname, port } = new URL(serverUrl);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const script = fileURLToPath(new URL("delay-process.ts", import.meta.url));
  const child = fork(script, [hostname, port, String(delayMs)], { execArgv: ["--import", tsx] });
  const ended = once(child, "exit");
  const endedEarly = ended.then(([code]: unknown[]) => {
    throw new Error(`The process of the delaying proxy ended with code ${String(code)} before it listened.`);
  });
  const messages: unknown[] = await Promise.race([once(child, "message"), endedEarly]);
  const [proxyPort] = messages;
  return {
    url: (originalUrl) => {
      const url = new URL(originalUrl);
      url.port = String(proxyPort);
      return url.href;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
