import { CamelCasePlugin, Kysely, PostgresQueryCompiler } from "kysely";
import type { Context } from "./context.ts";
import type { Pool } from "./pool.ts";
import { ScopedDialect } from "./scoped-driver.ts";

/**
 * A handle whose statements carry a context but are not rewritten: for the control plane, the sign-in library and
 * operators. What it may see is for its role and row security to say.
 */
export function openUnscoped<Tables>(pool: Pool, context: Context, assertOpen: () => void = () => undefined): Kysely<Tables> {
  const dialect = new ScopedDialect(pool, { context, assertOpen }, new PostgresQueryCompiler());
  return new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
}
