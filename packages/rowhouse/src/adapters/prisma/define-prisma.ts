import type { PrismaPg } from "@prisma/adapter-pg";
import { connectionsOf, type AnyTenant, type TenantConnections } from "../../tenant/connections-of.ts";
import type { TableScopes } from "../../tenant/table-scopes.ts";
import { TenantClient } from "../tenant-client.ts";
import { refuseTransactionWord } from "../../database/transaction-words.ts";
import { isArguments } from "./arguments.ts";
import { forkClient, readInternals, type ClientInternals, type PrismaRequest } from "./client-internals.ts";
import { ModelScopes } from "./model-scopes.ts";
import { OperationScope } from "./operation-scope.ts";
import { readPrismaSchema, type PrismaModel } from "./read-prisma-schema.ts";
import { throughClient } from "./scope-connections.ts";
import { TenantDriver } from "./tenant-driver.ts";
import { toCallerError } from "./to-caller-error.ts";

/** Goes into `new PrismaClient(…)` as it is, beside options of the application's own. */
export interface PrismaOptions {
  readonly adapter: PrismaPg;
}

interface ExtensibleClient {
  $extends(extension: unknown): unknown;
}

/** Gives a tenant's Prisma client. The same handle gets the same client. */
export type OpenPrisma<C> = (tenant: AnyTenant) => C;

/**
 * Prisma for tenants: the application's own client, with all that it can, bound to an organization by its arguments and by
 * row security. Raw queries are bound by row security alone.
 *
 * Every tenant handle gets a client of its own. One client for several would mix them: Prisma puts `findUnique` calls that
 * were made in the same tick into one statement, on the connection of the first. What is shared is the schema and its plans.
 *
 * ```ts
 * export const openPrisma = definePrisma((options) => new PrismaClient(options));
 *
 * await tenancy.enter({ organization, user }, (tenant) => openPrisma(tenant).project.findMany({ include: { tasks: true } }));
 * ```
 *
 * @param createClient makes a client with the options that it is given; it is called once, with the first tenant
 */
export function definePrisma<C extends object>(createClient: (options: PrismaOptions) => C): OpenPrisma<C> {
  const definition = new PrismaDefinition(createClient);
  return (tenant) => definition.open(tenant);
}

interface BaseClient {
  readonly internals: ClientInternals;
  readonly models: ReadonlyMap<string, PrismaModel>;
}

class PrismaDefinition<C extends object> {
  readonly #createClient: (options: PrismaOptions) => C;
  readonly #clients = new WeakMap<object, C>();
  readonly #scopes = new WeakMap<TableScopes, ModelScopes>();
  #base: BaseClient | undefined;

  constructor(createClient: (options: PrismaOptions) => C) {
    this.#createClient = createClient;
  }

  /** @throws RowhouseError NO_TENANT, INVALID_SETTINGS */
  open(tenant: AnyTenant): C {
    const connections = connectionsOf(tenant);
    const known = this.#clients.get(tenant);
    if (known !== undefined) return known;
    const client = this.#openNew(connections);
    this.#clients.set(tenant, client);
    return client;
  }

  #openNew(connections: TenantConnections): C {
    const { internals, models } = (this.#base ??= this.#createBase());
    const { binding, scopes, scope } = connections;
    const tenantClient = new TenantClient(connections);
    const operations = new OperationScope(this.#modelsUnder(scopes, models), scope.organizationId);
    const fork = forkClient(internals, {
      enter: (call) => throughClient(tenantClient, call),
      send: async (request, execute) => {
        binding.assertOpen();
        return execute(bindRequest(request, operations)).catch((error: unknown) => {
          throw toCallerError(error);
        });
      },
    });
    return (fork as ExtensibleClient).$extends({ name: "rowhouse" }) as C;
  }

  #createBase(): BaseClient {
    const adapter = new TenantDriver();
    const internals = readInternals(this.#createClient({ adapter }), adapter);
    const models = readPrismaSchema(internals._runtimeDataModel.models, internals._engineConfig.inlineSchema);
    return { internals, models };
  }

  #modelsUnder(scopes: TableScopes, models: ReadonlyMap<string, PrismaModel>): ModelScopes {
    const known = this.#scopes.get(scopes) ?? new ModelScopes(models, scopes);
    this.#scopes.set(scopes, known);
    return known;
  }
}

function bindRequest(request: PrismaRequest, operations: OperationScope): PrismaRequest {
  const { model, action, args } = request;
  if (model !== undefined) return { ...request, args: operations.bind(model, action, args) };
  const text: unknown = Array.isArray(args) ? args[0] : isArguments(args) ? Reflect.get(args, "sql") : undefined;
  if (typeof text === "string") refuseTransactionWord(text, "$transaction");
  return request;
}
