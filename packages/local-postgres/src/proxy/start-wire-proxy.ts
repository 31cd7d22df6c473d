import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { LatencyLine } from "./latency-line.ts";
import type { WireCounts } from "./wire-counter.ts";
import { WireCounter } from "./wire-counter.ts";

export interface WireProxyOptions {
  target: { host: string; port: number };
  /** Milliseconds that each chunk spends on the way, in each direction. Default 0. */
  delayMs?: number;
}

/** A TCP proxy before a Postgres server that counts messages and makes the network slow, silent or broken. */
export interface WireProxy extends AsyncDisposable {
  port: number;
  /** The URL with this proxy's host and port in place of the server's. */
  url(originalUrl: string): string;
  counts(): WireCounts;
  reset(): void;
  /** Changes the delay of each direction, in milliseconds; fractions count. What is under way keeps its old delay. */
  setDelay(delayMs: number): void;
  /** Destroys every connection of now; new ones are welcome. */
  cut(): void;
  /** Lets nothing through in either direction, with connections kept open, until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
/** Above this many undelivered bytes a sender has to wait. */
const MOST_BYTES_ON_THE_WAY = 8 * 1024 * 1024;

/**
 * Starts a proxy on a free port of 127.0.0.1. Nothing arrives early; measured lateness on an idle machine is below 0.1 ms a
 * direction (a round trip of 0.2 ms takes 2.2 ms with a delay of 1 ms). It works in this process's event loop and polls it
 * while something is on the way, so a benchmark that loads the processor should run it in a process of its own.
 */
export async function startWireProxy({ target, delayMs = 0 }: WireProxyOptions): Promise<WireProxy> {
  const counter = new WireCounter();
  const line = new LatencyLine(delayMs);
  const sockets = new Set<Socket>();
  // Half-open: a side that has said all it will say must still hear the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const session = counter.follow();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    forward({ from: client, to: upstream, line, observe: session.fromClient });
    forward({ from: upstream, to: client, line, observe: session.fromServer });
  });
  const cut = (): void => {
    line.clear();
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    cut();
    await stopListening(server);
  };
  const port = await listen(server);
  return {
    port,
    url: (originalUrl) => rewriteUrl(originalUrl, port),
    counts: () => counter.read(),
    reset: () => counter.reset(),
    setDelay: (changed) => void (line.delayMs = changed),
    cut,
    pause: () => line.pause(),
    resume: () => line.resume(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Direction {
  from: Socket;
  to: Socket;
  line: LatencyLine;
  observe: (chunk: Buffer) => void;
}

function forward({ from, to, line, observe }: Direction): void {
  let underWay = 0;
  from.on("data", (chunk: Buffer) => {
    observe(chunk);
    underWay += chunk.length;
    if (underWay > MOST_BYTES_ON_THE_WAY) from.pause();
    line.push(() => {
      to.write(chunk, () => {
        underWay -= chunk.length;
        if (underWay <= MOST_BYTES_ON_THE_WAY) from.resume();
      });
    });
  });
  from.on("end", () => line.push(() => to.end()));
  // A broken side is told to the other one by closing it, which "close" does.
  from.on("error", () => undefined);
  from.on("close", () => {
    // After an orderly end the other side may still be writing out what it was given.
    if (!from.readableEnded) line.push(() => to.destroy());
  });
}

function rewriteUrl(originalUrl: string, port: number): string {
  const url = new URL(originalUrl);
  url.hostname = HOST;
  url.port = String(port);
  return url.href;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("The proxy listens on no TCP port."));
    });
  });
}

function stopListening(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
  });
}
