import { ZenStackClient } from "@zenstackhq/orm";
import { PostgresDialect } from "@zenstackhq/orm/dialects/postgres";
import { PolicyPlugin } from "@zenstackhq/plugin-policy";
import pg from "pg";
import type { BenchOrganization } from "../database/bench-database.ts";
import { modelOperations, type ModelClient } from "../operations/model-operations.ts";
import { importZenStackSchema } from "../schemas/generate-clients.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";

/** What is called of the client; its own types follow from the generated schema. */
interface ZenStackLike extends ModelClient {
  $setAuth(caller: { readonly organizationId: string }): ZenStackLike;
  $transaction<T>(work: (client: ZenStackLike) => Promise<T>): Promise<T>;
  $queryRaw(text: TemplateStringsArray, ...values: readonly unknown[]): PromiseLike<unknown>;
}

/** ZenStack v3 with the same rule as a policy of its own. The database knows nothing of it, so no row security applies. */
export async function openZenStack({ adminUrl, connections }: ContestantOptions): Promise<Contestant> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: connections });
  const options = { dialect: new PostgresDialect({ pool }) };
  const client = new ZenStackClient(await importZenStackSchema(), options).$use(new PolicyPlugin());
  const of = ({ id }: BenchOrganization): ZenStackLike =>
    (client as unknown as ZenStackLike).$setAuth({ organizationId: id });
  return {
    name: "ZenStack, policy plugin",
    ...modelOperations({
      run: (organization, work) => work(of(organization)),
      transaction: (organization, work) => of(organization).$transaction(work),
    }),
    findRaw: async (organization, id) => {
      try {
        const rows = await of(organization).$queryRaw`select id from projects where id = ${id}::uuid`;
        return (rows as { id: string }[]).map((row) => row.id);
      } catch (error) {
        if (isPolicyRefusal(error)) return undefined;
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

function isPolicyRefusal(error: unknown): boolean {
  return error instanceof Error && "reason" in error && error.reason === "rejected-by-policy";
}
