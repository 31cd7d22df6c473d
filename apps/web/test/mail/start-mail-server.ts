import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface MailServer {
  readonly port: number;
  readonly received: Received[];
  stop(): Promise<void>;
}

export interface Received {
  /** The envelope: who it really goes to. */
  readonly recipients: readonly string[];
  readonly mail: Email;
  readonly raw: string;
}

interface MailServerOptions {
  readonly port?: number;
  /** Refuses as many recipients before it takes one. */
  readonly refusals?: number;
}

/** A real mail server, on this machine alone. */
export async function startMailServer({ port = 0, refusals = 0 }: MailServerOptions = {}): Promise<MailServer> {
  const received: Received[] = [];
  let refused = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => {
      if (refused < refusals) {
        refused += 1;
        done(Object.assign(new Error("4.2.1 try again later"), { responseCode: 451 }));
      } else done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        PostalMime.parse(raw).then((mail) => {
          received.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), mail, raw });
          done();
        }, done);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new TypeError("The mail server has no port.");
  return {
    port: address.port,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
