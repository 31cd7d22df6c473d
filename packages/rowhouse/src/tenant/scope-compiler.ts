import {
  PostgresQueryCompiler,
  type CompiledQuery,
  type QueryCompiler,
  type QueryId,
  type RootOperationNode,
} from "kysely";
import { QueryScope } from "./scope-query.ts";
import type { TableScopes } from "./table-scopes.ts";

const mostNames = 10_000;

/** Quotes each name once in the life of the process instead of character by character in every statement. */
class TextCompiler extends PostgresQueryCompiler {
  readonly #quoted = new Map<string, string>();

  protected override sanitizeIdentifier(identifier: string): string {
    const known = this.#quoted.get(identifier);
    if (known !== undefined) return known;
    const quoted = super.sanitizeIdentifier(identifier);
    if (this.#quoted.size < mostNames) this.#quoted.set(identifier, quoted);
    return quoted;
  }
}

// Nothing is awaited while a statement is compiled, so all handles share these: to make them costs more than a query.
const textCompiler = new TextCompiler();
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
    return textCompiler.compileQuery(this.#scope.scope(node, this.#organizationId), queryId);
  }
}

function queryScopeOf(scopes: TableScopes): QueryScope {
  const known = queryScopes.get(scopes);
  if (known !== undefined) return known;
  const scope = new QueryScope(scopes);
  queryScopes.set(scopes, scope);
  return scope;
}
