import type { ErrorCode } from "../../src/index.ts";
import type { AnyTenant } from "../../src/tenant/connections-of.ts";

/** A way to reach a tenant's data, under the rules of conformance.ts and the storm. */
export interface Contestant {
  readonly name: string;
  /** What a write that names another organization is refused with: by the adapter, or only by row security. */
  readonly fixedCode: ErrorCode;
  /** COMMIT as text is how one commits there. */
  readonly commitsByText: boolean;
  open(tenant: AnyTenant): Handle;
}

/** What every contestant does with the tables of the fixture, each in its own words. */
export interface Handle {
  /** The names of the projects, in order. */
  names(): Promise<string[]>;
  /** The name of one project. */
  find(id: string): Promise<string | undefined>;
  /** A project; the organization is named only where the contestant is tried with another's. */
  create(name: string, organizationId?: string): Promise<{ id: string; organizationId: string }>;
  createTask(projectId: string, title: string): Promise<void>;
  /** How many rows were changed. */
  rename(id: string, name: string): Promise<number>;
  move(id: string, organizationId: string): Promise<unknown>;
  remove(id: string): Promise<number>;
  /** SQL by hand, with `$1`. */
  raw(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A transaction of the ORM's; inside of one, as the ORM nests them. */
  transaction<T>(work: (inner: Handle) => Promise<T>): Promise<T>;
}
