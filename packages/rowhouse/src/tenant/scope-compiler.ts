import { PostgresQueryCompiler, type CompiledQuery, type QueryId, type RootOperationNode } from "kysely";
import { QueryScope } from "./scope-query.ts";
import type { TableScopes } from "./table-scopes.ts";

/**
 * Binds statements to the organization as they are compiled, so that no plugin order and no `withoutPlugins()` can leave
 * it out.
 */
export class ScopeCompiler extends PostgresQueryCompiler {
  readonly #scope: QueryScope;

  constructor(scopes: TableScopes, organizationId: string) {
    super();
    this.#scope = new QueryScope(scopes, organizationId);
  }

  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    return super.compileQuery(this.#scope.scope(node), queryId);
  }
}
