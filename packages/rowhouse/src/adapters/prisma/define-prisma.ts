import type { PrismaPg } from "@prisma/adapter-pg";
import { RowhouseError } from "../../errors.ts";
import { connectionsOf, type TenantConnections } from "../../tenant/connections-of.ts";
import type { TableScopes } from "../../tenant/table-scopes.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import { TenantClient } from "../tenant-client.ts";
import { ModelScopes } from "./model-scopes.ts";
import { OperationScope } from "./operation-scope.ts";
import { readPrismaSchema, type PrismaModel, type RuntimeModel } from "./read-prisma-schema.ts";
import { sharedCompiler } from "./shared-compiler.ts";
import { TenantDriver } from "./tenant-driver.ts";
import { toCallerError } from "./to-caller-error.ts";

/** Goes into `new PrismaClient(…)` as it is, beside options of the application's own. */
export interface PrismaOptions {
  readonly adapter: PrismaPg;
}

/** Not in Prisma's types: gives a look at what a client carries, and lets clients share what is costly and the same for all. */
interface InternalOptions extends PrismaOptions {
  readonly __internal: { configOverride(config: ClientConfig): ClientConfig };
}

/** What a generated client carries of its schema. */
interface ClientConfig {
  readonly runtimeDataModel: { readonly models: Readonly<Record<string, RuntimeModel>> };
  readonly inlineSchema: string;
  readonly compilerWasm: { getRuntime(): Promise<{ readonly QueryCompiler: Parameters<typeof sharedCompiler>[0] }> };
}

interface ExtensibleClient {
  $extends(extension: unknown): unknown;
  readonly _engineConfig?: { readonly adapter?: unknown };
}

interface PrismaCall {
  readonly model?: string;
  readonly operation: string;
  readonly args: unknown;
  query(args: unknown): Promise<unknown>;
}

/** Gives a tenant's Prisma client. The same handle gets the same client. */
export type OpenPrisma<C> = <DB, P extends string>(tenant: Tenant<DB, P>) => C;

/**
 * Prisma for tenants: the application's own client, with all that it can, bound to an organization by its arguments and by
 * row security. Raw queries are bound by row security alone.
 *
 * Every tenant scope gets a client of its own. One client for several would mix them: Prisma puts `findUnique` calls that
 * were made in the same tick into one statement, on the connection of the first.
 *
 * ```ts
 * export const openPrisma = definePrisma((options) => new PrismaClient(options));
 *
 * await tenancy.enter({ organization, user }, (tenant) => openPrisma(tenant).project.findMany({ include: { tasks: true } }));
 * ```
 *
 * @param createClient makes a client with the options that it is given; it is called once a scope
 */
export function definePrisma<C extends object>(createClient: (options: PrismaOptions) => C): OpenPrisma<C> {
  const definition = new PrismaDefinition(createClient);
  return (tenant) => definition.open(tenant);
}

class PrismaDefinition<C extends object> {
  readonly #createClient: (options: PrismaOptions) => C;
  readonly #clients = new WeakMap<object, C>();
  readonly #scopes = new WeakMap<TableScopes, ModelScopes>();
  #config: { readonly given: ClientConfig; readonly shared: ClientConfig } | undefined;
  #models: ReadonlyMap<string, PrismaModel> | undefined;

  constructor(createClient: (options: PrismaOptions) => C) {
    this.#createClient = createClient;
  }

  open(tenant: object): C {
    const known = this.#clients.get(tenant);
    if (known !== undefined) return known;
    const client = this.#openNew(connectionsOf(tenant));
    this.#clients.set(tenant, client);
    return client;
  }

  #openNew(connections: TenantConnections): C {
    const adapter = new TenantDriver(new TenantClient(connections));
    const options: InternalOptions = { adapter, __internal: { configOverride: (config) => this.#share(config) } };
    const client = this.#createClient(options);
    const extensible = client as unknown as ExtensibleClient;
    if (this.#models === undefined || extensible._engineConfig?.adapter !== adapter) {
      throw new RowhouseError(
        "INVALID_SETTINGS",
        "The client was made without the options that definePrisma gives, so it is not the tenant's. " +
          "Write definePrisma((options) => new PrismaClient({ ...options, …your own })).",
      );
    }
    const { binding, scopes, scope } = connections;
    const operations = new OperationScope(this.#modelsUnder(scopes, this.#models), scope.organizationId);
    return extensible.$extends({
      name: "rowhouse",
      query: {
        $allOperations: async ({ model, operation, args, query }: PrismaCall) => {
          binding.assertOpen();
          const bound = model === undefined ? args : operations.bind(model, operation, args);
          return query(bound).catch((error: unknown) => {
            throw toCallerError(error);
          });
        },
      },
    }) as C;
  }

  #share(given: ClientConfig): ClientConfig {
    if (this.#config?.given === given) return this.#config.shared;
    this.#models = readPrismaSchema(given.runtimeDataModel.models, given.inlineSchema);
    const compilerWasm = {
      ...given.compilerWasm,
      getRuntime: async () => {
        const runtime = await given.compilerWasm.getRuntime();
        return { ...runtime, QueryCompiler: sharedCompiler(runtime.QueryCompiler) };
      },
    };
    this.#config = { given, shared: { ...given, compilerWasm } };
    return this.#config.shared;
  }

  #modelsUnder(scopes: TableScopes, models: ReadonlyMap<string, PrismaModel>): ModelScopes {
    const known = this.#scopes.get(scopes) ?? new ModelScopes(models, scopes);
    this.#scopes.set(scopes, known);
    return known;
  }
}
