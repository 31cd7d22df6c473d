import { createHash } from "node:crypto";
import type { FieldDescription, ResultColumn } from "./result-columns.ts";

const capacity = 256;

/** A named statement of one connection. */
export interface PreparedStatement {
  readonly name: string;
  /** The server holds it. */
  isParsed: boolean;
  /** What the server says of its rows, known after it ran once; then it need not say it again. */
  fields: readonly FieldDescription[] | undefined;
  /** {@link fields} as a tenant handle reads them. */
  columns: readonly ResultColumn[] | undefined;
}

/**
 * The named statements of one connection, least recently used first. Bounded, because SQL whose text depends on its
 * input (a list of ids) would otherwise fill the server's memory.
 */
export class PreparedStatements {
  readonly #byText = new Map<string, PreparedStatement>();
  #toClose: string[] = [];

  /** The statement for this text, new or known. */
  take(text: string): PreparedStatement {
    const known = this.#byText.get(text);
    if (known !== undefined) {
      if (this.#byText.size >= capacity) this.#makeNewest(text, known);
      return known;
    }
    if (this.#byText.size >= capacity) this.#evictOldest();
    const statement = { name: nameOf(text), isParsed: false, fields: undefined, columns: undefined };
    this.#byText.set(text, statement);
    return statement;
  }

  /** After an error nobody knows whether the server still holds the statement, or in which form. */
  doubt(statement: PreparedStatement): void {
    if (statement.isParsed) this.#toClose.push(statement.name);
    statement.isParsed = false;
    statement.fields = undefined;
    statement.columns = undefined;
  }

  /** Names that the next message train must close, once. */
  takeNamesToClose(): readonly string[] {
    if (this.#toClose.length === 0) return this.#toClose;
    const names = this.#toClose;
    this.#toClose = [];
    return names;
  }

  /** Only once it is full: as long as nothing is evicted, the order does not matter, and keeping it costs each statement. */
  #makeNewest(text: string, statement: PreparedStatement): void {
    this.#byText.delete(text);
    this.#byText.set(text, statement);
  }

  #evictOldest(): void {
    const oldest = this.#byText.entries().next().value;
    if (oldest === undefined) return;
    this.#byText.delete(oldest[0]);
    if (oldest[1].isParsed) this.#toClose.push(oldest[1].name);
  }
}

/** One text, one name: behind a pooler that mixes sessions up, a name never stands for somebody else's statement. */
function nameOf(text: string): string {
  return `rh_${createHash("sha256").update(text).digest("base64url")}`;
}
