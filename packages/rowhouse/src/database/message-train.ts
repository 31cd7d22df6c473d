import pg from "pg";
import { serialize } from "pg-protocol";
import type { PreparedStatement, PreparedStatements } from "./prepared-statements.ts";

/** How node-postgres turns values into text; it exports this beside its classes, unpublished in its types. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => string | Buffer | null } })
  .utils;

export interface TrainStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** False for what means something else each time, as FETCH from a cursor does. */
  readonly isNamed?: boolean | undefined;
}

/**
 * The messages of one round trip, written at once: several statements and the one Sync that ends them. One buffer, since a
 * write a message is a good part of what a query costs.
 */
export class MessageTrain {
  readonly #prepared: PreparedStatements | undefined;
  readonly #buffers: Buffer[] = [];
  readonly #used: PreparedStatement[] = [];

  constructor(prepared: PreparedStatements | undefined) {
    this.#prepared = prepared;
  }

  /** Appends a statement whose rows nobody reads. */
  addSilent(statement: TrainStatement): void {
    this.#bind(statement, statement.values.length > 0);
    this.#buffers.push(serialize.execute());
  }

  /** Appends the statement whose rows are read; its description is asked for unless it is known. */
  addRead(statement: TrainStatement): PreparedStatement | undefined {
    const prepared = this.#bind(statement, statement.isNamed !== false);
    if (prepared?.fields === undefined) this.#buffers.push(serialize.describe({ type: "P" }));
    this.#buffers.push(serialize.execute());
    return prepared;
  }

  /** @throws what cannot be written as a value, before anything is sent */
  finish(): Buffer {
    const closes = this.#prepared?.takeNamesToClose() ?? [];
    return Buffer.concat([
      ...closes.map((name) => serialize.close({ type: "S", name })),
      ...this.#buffers,
      serialize.sync(),
    ]);
  }

  /** After an error: what the server holds of these is unknown. */
  doubt(): void {
    for (const statement of this.#used) this.#prepared?.doubt(statement);
  }

  #bind({ text, values }: TrainStatement, named: boolean): PreparedStatement | undefined {
    const prepared = named ? this.#prepared?.take(text) : undefined;
    if (prepared !== undefined) this.#used.push(prepared);
    const statement = prepared?.name ?? "";
    if (prepared?.isParsed !== true) this.#buffers.push(serialize.parse({ name: statement, text }));
    this.#buffers.push(serialize.bind({ statement, values: [...values], valueMapper: prepareValue }));
    if (prepared !== undefined) prepared.isParsed = true;
    return prepared;
  }
}
