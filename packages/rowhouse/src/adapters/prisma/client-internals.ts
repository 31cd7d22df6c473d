import { RowhouseError } from "../../errors.ts";
import type { RuntimeModel } from "./read-prisma-schema.ts";
import { toCallerError } from "./to-caller-error.ts";

type Engine = Readonly<Record<string, unknown>>;
type RequestHandlerClass = new (client: object, logEmitter: unknown) => object;

/** One call of a client, as the last extension has left it. */
export interface PrismaRequest {
  readonly model?: string | undefined;
  readonly action: string;
  /** With a dollar, for what is asked of no model. */
  readonly clientMethod: string;
  readonly args: unknown;
}

type ExecuteRequest = (request: PrismaRequest) => Promise<unknown>;

/** What stands between a fork and what it shares. */
export interface ForkGates {
  /** Every call into the engine goes through it. */
  readonly enter: <T>(call: () => T) => T;
  /** Every request goes through it, after all extensions: none of them can change what was bound. */
  readonly send: (request: PrismaRequest, execute: ExecuteRequest) => Promise<unknown>;
}

/** What of a generated client is not in its types. */
export interface ClientInternals {
  /** The client without its proxies. */
  readonly _originalClient: object;
  readonly _clientVersion: string;
  readonly _extensions: unknown;
  readonly _engine: Engine;
  readonly _requestHandler: { readonly logEmitter: unknown };
  readonly _executeRequest: ExecuteRequest;
  readonly _engineConfig: { readonly adapter: unknown; readonly inlineSchema: string };
  readonly _runtimeDataModel: { readonly models: Readonly<Record<string, RuntimeModel>> };
}

/** Of Prisma's internals a patch may be trusted to change nothing; the next minor has to be tried first. */
const triedVersion = "7.10";

/** @throws RowhouseError INVALID_SETTINGS for a client with another driver, or of a version that nobody has tried */
export function readInternals(client: object, adapter: object): ClientInternals {
  const internals = client as Partial<ClientInternals>;
  const { _clientVersion: version } = internals;
  if (version?.startsWith(`${triedVersion}.`) !== true) {
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `rowhouse/prisma was tried with Prisma ${triedVersion}, and this client is ${version ?? "of no known version"}. ` +
        `Install @prisma/client and @prisma/adapter-pg ${triedVersion}, or a rowhouse that names yours as its peer.`,
    );
  }
  const { _engine, _engineConfig: config, _requestHandler: handler, _originalClient: original } = internals;
  const isWhole = handler?.logEmitter !== undefined && typeof internals._executeRequest === "function";
  if (original === undefined || !isWhole || typeof _engine?.["requestBatch"] !== "function") {
    throw new RowhouseError(
      "INVALID_SETTINGS",
      `This client of Prisma ${version} is not built as those that rowhouse was tried with. Make it by new PrismaClient(options) alone.`,
    );
  }
  if (config?.adapter === adapter) return internals as ClientInternals;
  throw new RowhouseError(
    "INVALID_SETTINGS",
    "The client was made without the options that definePrisma gives, so it would go past the tenant. " +
      "Write definePrisma((options) => new PrismaClient({ ...options, …your own })).",
  );
}

/**
 * A client that shares with another what is costly and knows no connection: the schema and its plans. It has its own place
 * where calls of one tick are put together, and passes its gates. What is derived from it, by extensions and transactions,
 * passes them as well.
 */
export function forkClient(internals: ClientInternals, { enter, send }: ForkGates): object {
  const { _originalClient, _extensions, _engine, _requestHandler, _executeRequest } = internals;
  const own = Object.create(_originalClient) as object;
  const RequestHandler = _requestHandler.constructor as RequestHandlerClass;
  Object.defineProperties(own, {
    _originalClient: { value: own },
    _extensions: { value: _extensions },
    _engine: { value: forkEngine(_engine, enter) },
    _executeRequest: {
      value(this: object, request: PrismaRequest) {
        return send(request, (bound) => _executeRequest.call(this, bound));
      },
    },
    _requestHandler: { value: new RequestHandler(own, _requestHandler.logEmitter) },
  });
  return own;
}

function forkEngine(engine: Engine, enter: <T>(call: () => T) => T): Engine {
  return new Proxy(engine, {
    get(target, name) {
      // One scope's $disconnect is not the others'.
      if (name === "stop") return async () => undefined;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      const call = (...given: unknown[]): unknown => enter((): unknown => Reflect.apply(value, target, given));
      if (name !== "transaction") return call;
      return (...given: unknown[]): Promise<unknown> =>
        Promise.resolve(call(...given)).catch((error: unknown) => {
          throw toCallerError(error);
        });
    },
  });
}
