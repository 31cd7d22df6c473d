import pg from "pg";

interface CancelTarget {
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

interface CancelConnection extends NodeJS.EventEmitter {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
  end(): void;
}

const CancelConnection = pg.Connection as unknown as new (config: { ssl: unknown }) => CancelConnection;

/**
 * Asks the server, over a connection of its own as the protocol wants it, to cancel what `client` runs. The answer
 * arrives as SQLSTATE 57014 on the client itself; `onFailure` hears when the request could not be sent.
 */
export function requestCancel(client: pg.ClientBase, onFailure: (error: Error) => void): void {
  const { host, port, ssl, processID, secretKey } = client as unknown as CancelTarget;
  if (processID === null || secretKey === null) return;
  const connection = new CancelConnection({ ssl });
  const send = (): void => {
    connection.cancel(processID, secretKey);
    connection.end();
  };
  connection.on("error", onFailure);
  connection.once("connect", () => (ssl ? connection.requestSsl() : send()));
  connection.once("sslconnect", send);
  if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
  else connection.connect(port, host);
}
