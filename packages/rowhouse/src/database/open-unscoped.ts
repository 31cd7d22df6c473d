import { PostgresQueryCompiler, type Kysely } from "kysely";
import { camelCaseQueries } from "./camel-case.ts";
import { noBinding, type Context } from "./context.ts";
import type { Pool } from "./pool.ts";
import { openScopedKysely } from "./scoped-kysely.ts";

// Nothing is awaited while a statement is compiled, so all handles share this: to make one costs more than a query.
const compiler = new PostgresQueryCompiler();

/**
 * A handle whose statements carry a context but are not rewritten: for the control plane, the sign-in library and
 * operators. What it may see is for its role and row security to say.
 */
export function openUnscoped<Tables>(
  pool: Pool,
  context: Context,
  assertOpen: () => void = noBinding.assertOpen,
): Kysely<Tables> {
  return openScopedKysely<Tables>({ pool, binding: { context, assertOpen }, compiler, plugins: [camelCaseQueries] });
}
