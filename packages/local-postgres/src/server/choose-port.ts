import { createServer } from "node:net";
import { errorCode } from "./server-identity.ts";

/** A TCP port of 127.0.0.1 that is free now; another process may still take it first. */
export async function chooseFreePort(): Promise<number> {
  return listenOnce(0);
}

/** Whether another program listens on this port of 127.0.0.1. */
export async function isPortBusy(port: number): Promise<boolean> {
  try {
    await listenOnce(port);
    return false;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EADDRINUSE" || code === "EACCES") return true;
    throw error;
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}
