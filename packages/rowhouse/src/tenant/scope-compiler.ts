import type { CompiledQuery, QueryCompiler, QueryId, RootOperationNode } from "kysely";
import { QueryScope } from "./scope-query.ts";
import type { TableScopes } from "./table-scopes.ts";

// Nothing is awaited while a statement is compiled, so all handles share these: to make them costs more than a query.
const queryScopes = new WeakMap<TableScopes, QueryScope>();

/**
 * Binds statements to the organization as they are compiled, so that no plugin order and no `withoutPlugins()` can leave
 * it out.
 */
export class ScopeCompiler implements QueryCompiler {
  readonly #scope: QueryScope;
  readonly #organizationId: string;

  constructor(scopes: TableScopes, organizationId: string) {
    this.#scope = queryScopeOf(scopes);
    this.#organizationId = organizationId;
  }

  compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    return this.#scope.compileFor(this.#organizationId, node, queryId);
  }
}

function queryScopeOf(scopes: TableScopes): QueryScope {
  const known = queryScopes.get(scopes);
  if (known !== undefined) return known;
  const scope = new QueryScope(scopes);
  queryScopes.set(scopes, scope);
  return scope;
}
