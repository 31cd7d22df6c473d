import { RowhouseError } from "../errors.ts";
import type { ParsedSettings } from "../settings.ts";
import { ContextSealer } from "./context-sealer.ts";
import { Pool } from "./pool.ts";

/** The connections of one process: a pool a Postgres role, each opened with its first use. */
export class Pools {
  /** Serves tenants, bound by row security. */
  readonly runtime: Pool;
  /** Undefined where contexts are not sealed. One for all pools: a scope's seal is made once. */
  readonly sealer: ContextSealer | undefined;
  readonly #settings: Pick<ParsedSettings<string>, "database" | "onIdleError">;
  #operator: Pool | undefined;
  #identity: Pool | undefined;

  constructor(settings: Pick<ParsedSettings<string>, "database" | "onIdleError">) {
    this.#settings = settings;
    this.sealer = settings.database.seal && new ContextSealer(settings.database.seal);
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
    const { onIdleError } = this.#settings;
    return new Pool({
      url,
      maxConnections,
      acquireTimeoutMs,
      statementTimeoutMs,
      prepare,
      sealer: this.sealer,
      applicationName,
      onIdleError,
    });
  }
}
