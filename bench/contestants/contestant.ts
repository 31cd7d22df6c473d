import type { BenchOrganization } from "../database/bench-database.ts";

/** One way to get the newest 20 projects of an organization. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  listNewest(organization: BenchOrganization): Promise<readonly { readonly name: string }[]>;
}

export interface ContestantOptions {
  readonly adminUrl: string;
  readonly runtimeUrl: string;
  readonly connections: number;
  readonly sample: readonly BenchOrganization[];
}

export const pageSize = 20;

/** What a person would write by hand. */
export const listByHand = {
  name: "newest-projects",
  text:
    "select id, name, created_at, updated_at from projects where organization_id = $1 " +
    `order by created_at desc, id desc limit ${pageSize}`,
};
