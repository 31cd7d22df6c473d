import pg from "pg";

/** Runs a COPY … TO STDOUT and gives its lines, as Postgres wrote them. @throws pg.DatabaseError */
export async function copyOut(client: pg.ClientBase, text: string): Promise<readonly string[]> {
  const copy = new CopyOut(text);
  await finished(client, copy);
  return Buffer.concat(copy.chunks).toString("utf8").split("\n").slice(0, -1);
}

/** Runs a COPY … FROM STDIN with these lines. @throws pg.DatabaseError */
export async function copyIn(client: pg.ClientBase, text: string, lines: readonly string[]): Promise<void> {
  await finished(client, new CopyIn(text, lines.map((line) => `${line}\n`).join("")));
}

/** One value in the text form of COPY. */
export function copyValue(value: string | null): string {
  const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  return value === null ? "\\N" : value.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found);
}

// pg hands what COPY says to the query that is running; the driver's own throws it away.
class CopyOut extends pg.Query {
  readonly chunks: Buffer[] = [];

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.chunks.push(chunk);
  }
}

class CopyIn extends pg.Query {
  readonly #data: string;

  constructor(text: string, data: string) {
    super(text);
    this.#data = data;
  }

  handleCopyInResponse(connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }): void {
    connection.sendCopyFromChunk(Buffer.from(this.#data));
    connection.endCopyFrom();
  }
}

function finished(client: pg.ClientBase, query: pg.Query): Promise<void> {
  return new Promise((resolve, reject) => {
    query.on("end", () => resolve());
    query.on("error", reject);
    client.query(query);
  });
}
