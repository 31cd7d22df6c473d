import {
  CamelCasePlugin,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from "kysely";

/** Opens Kysely's own words to code that is no subclass of it. */
class CamelCase extends CamelCasePlugin {
  toDatabaseName(name: string): string {
    return this.snakeCase(name);
  }

  toPropertyName(name: string): string {
    return this.camelCase(name);
  }

  /** The names inside of a JSON value or a list of them. */
  rename(value: object): unknown {
    return this.mapRow({ value })["value"];
  }
}

/** Between `createdAt` in TypeScript and `created_at` in Postgres. One for all handles: to make it costs more than a query. */
export const camelCase = new CamelCase();

/** The half of {@link camelCase} for queries. Results come from the connection with their names in TypeScript. */
export const camelCaseQueries: KyselyPlugin = Object.freeze({
  transformQuery: (query: PluginTransformQueryArgs): RootOperationNode => camelCase.transformQuery(query),
  transformResult: async ({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> => result,
});
