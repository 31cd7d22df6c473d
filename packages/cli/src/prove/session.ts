import pg from "pg";

/** Values travel as text; Postgres reads them as the type of the column or parameter that they are for. */
export type Value = string | null;

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Rows that were read or changed. */
  readonly count: number;
}

/**
 * The one connection of a proof, in one transaction. It acts as whoever runs the proof (past row security) or as the runtime role, in a
 * context. What is tried is taken back by savepoints.
 */
export class Session {
  readonly #client: pg.ClientBase;
  readonly #role: string;
  readonly #enter: ContextStatement;
  /** Whether the runtime role's own rights to become others hold: only a superuser can put itself in another's place. */
  readonly takesPlace: boolean;

  constructor(client: pg.ClientBase, options: { role: string; enter: ContextStatement; takesPlace: boolean }) {
    this.#client = client;
    this.#role = options.role;
    this.#enter = options.enter;
    this.takesPlace = options.takesPlace;
  }

  get role(): string {
    return this.#role;
  }

  /** For the few things that need the connection itself: COPY, notifications. It acts as whoever it is then. */
  get client(): pg.ClientBase {
    return this.#client;
  }

  /** @throws pg.DatabaseError */
  async query(text: string, values: readonly Value[] = []): Promise<Answer> {
    const { rows, rowCount } = await this.#client.query<Record<string, unknown>>(text, [...values]);
    return { rows, count: rowCount ?? 0 };
  }

  /** Several statements without values at once. */
  async run(script: string): Promise<void> {
    await this.#client.query(script);
  }

  /** What `work` does is done as the runtime role, and stays. */
  async asRole<Result>(work: () => Promise<Result>): Promise<Result> {
    const name = pg.escapeIdentifier(this.#role);
    await this.run(this.takesPlace ? `set local session authorization ${name}` : `set local role ${name}`);
    const result = await work();
    // Not in a finally: after an error nothing runs until the savepoint is rolled back, which brings the identity back as well.
    await this.asAdmin();
    return result;
  }

  async asAdmin(): Promise<void> {
    await this.run(this.takesPlace ? "reset session authorization" : "reset role");
  }

  /** Gives the transaction the context of an organization, or a value that names none. */
  async enter(organizationId: string): Promise<void> {
    for (const { text, values } of this.#enter(organizationId)) await this.query(text, values);
  }

  /**
   * Runs `work` and takes all of it back, whether it succeeds or throws. Must be called as whoever runs the proof. `settings` are statements
   * without values that are to hold meanwhile.
   */
  async undone<Result>(work: () => Promise<Result>, settings = ""): Promise<Result> {
    await this.run(`savepoint undone; ${settings}`);
    try {
      return await work();
    } finally {
      await this.run("rollback to savepoint undone; release savepoint undone");
    }
  }
}

/** The statements that give a transaction the context of an organization. They run as whoever runs the proof. */
export type ContextStatement = (organizationId: string) => readonly { text: string; values: readonly string[] }[];
