import type { CompiledQuery, QueryCompiler, QueryId, RootOperationNode } from "kysely";
import { camelCase } from "../database/camel-case.ts";
import { QueryScope, type ToDatabaseName } from "./scope-query.ts";
import type { TableScopes } from "./table-scopes.ts";

// Nothing is awaited while a statement is compiled, so all handles share these: to make them costs more than a query.
const queryScopes = new WeakMap<ToDatabaseName, WeakMap<TableScopes, QueryScope>>();

const fromCamelCase: ToDatabaseName = (name) => camelCase.toDatabaseName(name);

/** For who names everything as Postgres does. */
export const asInDatabase: ToDatabaseName = (name) => name;

/**
 * Binds statements to the organization as they are compiled, so that no plugin order and no `withoutPlugins()` can leave
 * it out.
 */
export class ScopeCompiler implements QueryCompiler {
  readonly #scope: QueryScope;
  readonly #organizationId: string;

  constructor(scopes: TableScopes, organizationId: string, toDatabaseName = fromCamelCase) {
    this.#scope = queryScopeOf(scopes, toDatabaseName);
    this.#organizationId = organizationId;
  }

  compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    return this.#scope.compileFor(this.#organizationId, node, queryId);
  }
}

function queryScopeOf(scopes: TableScopes, toDatabaseName: ToDatabaseName): QueryScope {
  const ofNaming = queryScopes.get(toDatabaseName) ?? new WeakMap<TableScopes, QueryScope>();
  queryScopes.set(toDatabaseName, ofNaming);
  const known = ofNaming.get(scopes);
  if (known !== undefined) return known;
  const scope = new QueryScope(scopes, toDatabaseName);
  ofNaming.set(scopes, scope);
  return scope;
}
