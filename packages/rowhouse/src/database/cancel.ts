import type { Socket } from "node:net";
import pg from "pg";

interface CancelTarget {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

interface CancelConnection extends NodeJS.EventEmitter {
  readonly stream: Socket;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

const CancelConnection = pg.Connection as unknown as new (config: { ssl: unknown }) => CancelConnection;

/** How long the other side may take to hang up. */
const hangUpMs = 10_000;

/**
 * Asks the server, over a connection of its own as the protocol wants it, to cancel what `client` runs. The answer
 * arrives as SQLSTATE 57014 on the client itself; `onFailure` hears when the request could not be sent.
 */
export function requestCancel(client: pg.ClientBase, onFailure: (error: Error) => void): void {
  const { host, port, ssl, processID, secretKey } = client as unknown as CancelTarget;
  if (processID === null || secretKey === null) return;
  const connection = new CancelConnection({ ssl });
  const send = (): void => {
    // How the other side hangs up says nothing of what was asked.
    connection.off("error", onFailure).on("error", () => undefined);
    connection.cancel(processID, secretKey);
    // It hangs up once it has read the request. PgBouncer before 1.21 ends, and everybody's connections with it, when anything
    // follows the request, be it the end of the connection.
    connection.stream.setTimeout(hangUpMs, () => connection.stream.destroy());
  };
  connection.on("error", onFailure);
  connection.once("connect", () => (ssl ? connection.requestSsl() : send()));
  connection.once("sslconnect", send);
  if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}
