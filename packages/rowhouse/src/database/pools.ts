import { RowhouseError } from "../errors.ts";
import type { ParsedSettings } from "../settings.ts";
import { Pool } from "./pool.ts";

/** The connections of one process: a pool a Postgres role, each opened with its first use. */
export class Pools {
  /** Serves tenants, bound by row security. */
  readonly runtime: Pool;
  readonly #settings: Pick<ParsedSettings<string>, "database" | "onIdleError" | "onBackgroundError">;
  #operator: Pool | undefined;
  #identity: Pool | undefined;

  constructor(settings: Pick<ParsedSettings<string>, "database" | "onIdleError" | "onBackgroundError">) {
    this.#settings = settings;
    this.runtime = this.#open(settings.database.url, "rowhouse");
  }

  /** @throws RowhouseError INVALID_SETTINGS when this process has no `database.operatorUrl` */
  get operator(): Pool {
    return (this.#operator ??= this.#open(this.#requireUrl("operatorUrl"), "rowhouse operator"));
  }

  /** @throws RowhouseError INVALID_SETTINGS when this process has no `database.identityUrl` */
  get identity(): Pool {
    return (this.#identity ??= this.#open(this.#requireUrl("identityUrl"), "rowhouse identity"));
  }

  async close(): Promise<void> {
    await this.runtime.close();
    await this.#operator?.close();
    await this.#identity?.close();
  }

  #requireUrl(name: "operatorUrl" | "identityUrl"): string {
    const url = this.#settings.database[name];
    if (url !== undefined) return url;
    throw new RowhouseError("INVALID_SETTINGS", `This process cannot do that: database.${name} is not set.`);
  }

  #open(url: string, applicationName: string): Pool {
    const { maxConnections, acquireTimeoutMs, statementTimeoutMs, prepare } = this.#settings.database;
    const { onIdleError, onBackgroundError } = this.#settings;
    return new Pool({
      url,
      maxConnections,
      acquireTimeoutMs,
      statementTimeoutMs,
      prepare,
      applicationName,
      onIdleError,
      onLostStatements: onBackgroundError,
    });
  }
}
