import { AsyncLocalStorage } from "node:async_hooks";
import { RowhouseError } from "../errors.ts";
import type { Scope } from "./scope.ts";
import type { Tenant } from "./tenant.ts";

interface Current<DB, P extends string> {
  readonly scope: Scope;
  readonly tenant: Tenant<DB, P>;
}

/** The tenant scope that a call chain runs in, carried by AsyncLocalStorage. */
export class CurrentScope<DB, P extends string> {
  readonly #current = new AsyncLocalStorage<Current<DB, P>>();

  /** Ends the scope with the work, however that ends. */
  async run<T>(current: Current<DB, P>, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    try {
      return await this.#current.run(current, () => work(current.tenant));
    } finally {
      const closing = current.scope.close();
      if (closing !== undefined) await closing;
    }
  }

  /** `undefined` outside of a scope and after its end. */
  get tenant(): Tenant<DB, P> | undefined {
    const current = this.#current.getStore();
    return current?.scope.isOpen === true ? current.tenant : undefined;
  }

  /**
   * Two tenants in one call chain are how rows get mixed.
   *
   * @throws RowhouseError TENANT_ALREADY_OPEN
   */
  assertNoOther(next: Scope): void {
    const scope = this.#current.getStore()?.scope;
    if (scope === undefined || !scope.isOpen) return;
    if (scope.organizationId === next.organizationId && scope.actor === next.actor) return;
    throw new RowhouseError(
      "TENANT_ALREADY_OPEN",
      "Another tenant scope is open here. Let it end before opening the next.",
    );
  }
}
