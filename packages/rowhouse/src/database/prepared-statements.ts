/** The part of node-postgres's wire connection that a scoped statement speaks to. */
export interface Wire {
  readonly stream: { cork?(): void; uncork?(): void };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { text: string; name?: string; types?: number[] }): void;
  bind(message: { portal?: string; statement?: string | undefined; values?: readonly unknown[] }): void;
  describe(message: { type: "P" | "S"; name: string }): void;
  execute(message: { portal?: string; rows?: number }): void;
  close(message: { type: "P" | "S"; name: string }): void;
  sync(): void;
}

const capacity = 256;

/**
 * The named statements of one connection, least recently used first. Bounded, because SQL whose text depends on its
 * input (a list of ids) would otherwise fill the server's memory.
 */
export class PreparedStatements {
  readonly #wire: Wire;
  readonly #names = new Map<string, string>();
  /** Names whose state on the server is unknown after an error: closed before they are parsed again. */
  readonly #doubtful = new Set<string>();
  #next = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** The name to use for this text on this connection. Writes Close messages where room must be made. */
  nameFor(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) {
      this.#names.delete(text);
      this.#names.set(text, known);
      if (this.#doubtful.delete(known)) this.#closeOnServer(known);
      return known;
    }
    if (this.#names.size >= capacity) this.#evictOldest();
    const name = `rh${this.#next++}`;
    this.#names.set(text, name);
    return name;
  }

  /** After an error nobody knows whether the server still holds the statement. */
  doubt(name: string): void {
    this.#doubtful.add(name);
    this.#forgetInDriver(name);
  }

  #evictOldest(): void {
    const oldest = this.#names.entries().next().value;
    if (oldest === undefined) return;
    const [text, name] = oldest;
    this.#names.delete(text);
    this.#doubtful.delete(name);
    this.#closeOnServer(name);
  }

  #closeOnServer(name: string): void {
    this.#forgetInDriver(name);
    this.#wire.close({ type: "S", name });
  }

  #forgetInDriver(name: string): void {
    delete this.#wire.parsedStatements[name];
    delete this.#wire.submittedNamedStatements[name];
  }
}
