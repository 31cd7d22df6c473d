import type { BenchOrganization } from "../database/bench-database.ts";
import type { Operations } from "../operations/operation.ts";

/** One way to serve an organization. */
export interface Contestant extends Operations, AsyncDisposable {
  readonly name: string;
  /** Ids of the rows that its query builder finds when the organization is forgotten: the query asks for an id alone. */
  findForgetful(organization: BenchOrganization, id: string): Promise<readonly string[]>;
  /** The same in plain SQL, by the means that the contestant has for it. `undefined` when it refuses plain SQL. */
  findRaw(organization: BenchOrganization, id: string): Promise<readonly string[] | undefined>;
}

export interface ContestantOptions {
  /** A role that row security does not apply to. */
  readonly adminUrl: string;
  readonly runtimeUrl: string;
  readonly connections: number;
  /** False behind a pooler that does not keep named statements. */
  readonly prepare: boolean;
  readonly sample: readonly BenchOrganization[];
}
