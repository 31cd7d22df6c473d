import { z } from "zod";
import { RowhouseError } from "./errors.ts";
import type { Permissions } from "./access/permissions.ts";
import { tableSettings, type ParsedTableSettings, type TableSettings } from "./table-settings.ts";

/**
 * The places where the organization of a request may be named, tried in the given order. "api-key" is the one that an API key
 * or a token belongs to.
 */
export const locators = ["path", "subdomain", "header", "api-key", "session"] as const;
export type Locator = (typeof locators)[number];

/** Who sends a request: the user of a session, and the organization that was last open in it, if it keeps one. */
export interface Identity {
  readonly userId: string;
  readonly activeOrganization?: string | undefined;
  /** What the session knows of the person. The HTTP API needs it where somebody joins or makes an organization. */
  readonly profile?: { readonly name: string; readonly email: string; readonly emailVerified: boolean } | undefined;
}

/** A key on Ed25519 as a JSON Web Key with a `kid`; `d` is the part that signs. */
export interface TokenKey {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly kid: string;
  readonly x: string;
  readonly d?: string | undefined;
}

/** Signed tokens for callers without cookies. */
export interface TokenSettings {
  /** Who signs: the URL of the application. */
  readonly issuer: string;
  /** Whom the tokens are for: the URL of the API. */
  readonly audience: string;
  /** The first signs, all are accepted. To rotate, put the new one first, and drop the old one after `ttlSeconds`. */
  readonly keys: readonly TokenKey[];
  /** How long a token lives, 30 to 900 seconds. Default 300. */
  readonly ttlSeconds?: number;
}

/** A sealed context: see docs/guide/sealed-context.md. */
export interface SealSettings {
  /** At least 32 random characters, which `migrate` was given too: the database checks with it what this process seals. */
  readonly key: string;
  /** How long a seal lives that somebody took down, 10 to 3,600 seconds. Clocks may differ by half of it. Default 300. */
  readonly ttlSeconds?: number;
  /** False while sealing is brought in or taken out: an unsealed database is good enough then. Default true. */
  readonly isRequired?: boolean;
}

/** The names of the Postgres roles. They are global to a server: two applications on one server need two sets. */
export interface RoleNames {
  /** Owns the tables; cannot log in. Migrations act as it. */
  readonly owner: string;
  /** Serves requests, bound by row security. */
  readonly runtime: string;
  /** Alone reads the tables of the sign-in library, so that SQL injected into a tenant query finds no password. */
  readonly identity: string;
  /** Acts across tenants, with a reason. */
  readonly operator: string;
  /** Takes jobs from the queue and sees nothing else; the work of a job is done as the runtime role. */
  readonly worker: string;
}

export const defaultRoleNames: RoleNames = Object.freeze({
  owner: "rowhouse_owner",
  runtime: "rowhouse_runtime",
  identity: "rowhouse_identity",
  operator: "rowhouse_operator",
  worker: "rowhouse_worker",
});

/** What an application writes to describe its tenancy. */
export interface Settings<DB, P extends string> {
  readonly database: {
    /** Connects as the runtime role: no superuser, no owner, bound by row security. */
    readonly url: string;
    /** Connects as the operator role. Leave it out of processes that only serve tenants; `operate` is refused then. */
    readonly operatorUrl?: string | undefined;
    /** Connects as the identity role, for `signUp` and the tables of the sign-in library. */
    readonly identityUrl?: string | undefined;
    /** The most connections this process opens as the runtime role. Default 10. */
    readonly maxConnections?: number;
    /** Milliseconds to wait for a connection before POOL_EXHAUSTED. Default 5,000. */
    readonly acquireTimeoutMs?: number;
    /** Milliseconds a statement may run before STATEMENT_TIMEOUT. Default 15,000. */
    readonly statementTimeoutMs?: number;
    /** Set to false behind a pooler that does not keep named statements (PgBouncer before 1.21). Default true. */
    readonly prepare?: boolean;
    /** Seals the context of every transaction, so that injected SQL cannot name another organization. Left out: not sealed. */
    readonly seal?: SealSettings | undefined;
  };
  readonly tables: TableSettings<DB>;
  readonly permissions: Permissions<P>;
  /** Who sends this request? `null` for nobody. Needed for `enterRequest`. */
  readonly identify?: (request: Request) => Promise<Identity | null>;
  /** Where a request names its organization. Default `["path"]`. */
  readonly locate?: readonly Locator[];
  /** The domain below which the first label is an organization's slug, as `example.com`. Needed for "subdomain". */
  readonly baseDomain?: string;
  /** Left out: no tokens are issued, and none is accepted. */
  readonly tokens?: TokenSettings | undefined;
  readonly roles?: RoleNames;
  /** Told of a connection that broke while idle. Default: a line on standard error. */
  readonly onIdleError?: (error: Error) => void;
  /** Told of what failed beside a request that went well, as noting the use of an API key. Default: a line on standard error. */
  readonly onBackgroundError?: (error: Error) => void;
}

const name = z.string().min(1).max(63);
const milliseconds = z.number().int().min(1).max(3_600_000);
const postgresUrl = z
  .string()
  .refine(isPostgresUrl, "must be a URL such as postgres://user:password@host:5432/database");
const callable = z.custom<(...input: never[]) => unknown>((value) => typeof value === "function", "must be a function");

const keyBytes = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be 32 bytes in base64url");
const tokenKey = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: z.string().min(1).max(200),
  x: keyBytes,
  d: keyBytes.optional(),
});
const tokens = z.strictObject({
  issuer: z.string().min(1).max(200),
  audience: z.string().min(1).max(200),
  keys: z
    .tuple([tokenKey], tokenKey)
    .refine(([first]) => first.d !== undefined, "must begin with a key that can sign, which has d")
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, "must each have a kid of its own"),
  ttlSeconds: z.number().int().min(30).max(900).default(300),
});

/** {@link TokenSettings} after every check. */
export type ParsedTokenSettings = Readonly<z.output<typeof tokens>>;

const seal = z.strictObject({
  key: z.string().min(32, "must have at least 32 random characters"),
  ttlSeconds: z.number().int().min(10).max(3600).default(300),
  isRequired: z.boolean().default(true),
});

const shape = z
  .strictObject({
    database: z.strictObject({
      url: postgresUrl,
      operatorUrl: postgresUrl.optional(),
      identityUrl: postgresUrl.optional(),
      maxConnections: z.number().int().min(1).max(1000).default(10),
      acquireTimeoutMs: milliseconds.default(5_000),
      statementTimeoutMs: milliseconds.default(15_000),
      prepare: z.boolean().default(true),
      seal: seal.optional(),
    }),
    tables: tableSettings,
    permissions: z.custom<object>((value) => typeof value === "object" && value !== null && "can" in value, {
      message: "must come from definePermissions",
    }),
    identify: callable.optional(),
    locate: z.array(z.enum(locators)).min(1).default(["path"]),
    baseDomain: z.string().optional(),
    tokens: tokens.optional(),
    roles: z
      .strictObject({ owner: name, runtime: name, identity: name, operator: name, worker: name })
      .default({ ...defaultRoleNames }),
    onIdleError: callable.optional(),
    onBackgroundError: callable.optional(),
  })
  .refine(({ locate, baseDomain }) => !locate.includes("subdomain") || baseDomain !== undefined, {
    path: ["baseDomain"],
    message: 'is needed, because locate has "subdomain"',
  });

/** {@link Settings} after every check, with the defaults filled in. */
export interface ParsedSettings<P extends string> {
  readonly database: Readonly<z.output<typeof shape>["database"]>;
  readonly tables: ParsedTableSettings;
  readonly permissions: Permissions<P>;
  readonly identify: ((request: Request) => Promise<Identity | null>) | undefined;
  readonly locate: readonly Locator[];
  readonly baseDomain: string | undefined;
  readonly roles: RoleNames;
  readonly onIdleError: (error: Error) => void;
  readonly tokens: ParsedTokenSettings | undefined;
  readonly onBackgroundError: (error: Error) => void;
}

/** @throws RowhouseError INVALID_SETTINGS naming every wrong setting at once. */
export function parseSettings<DB, P extends string>(settings: Settings<DB, P>): ParsedSettings<P> {
  const result = shape.safeParse(settings);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`);
    throw new RowhouseError("INVALID_SETTINGS", `The tenancy's settings are wrong. ${problems.join("; ")}.`);
  }
  const { database, tables, locate, baseDomain, roles } = result.data;
  return Object.freeze({
    database: Object.freeze(database),
    tables: Object.freeze(tables),
    permissions: settings.permissions,
    identify: settings.identify,
    locate,
    baseDomain: baseDomain?.toLowerCase(),
    roles: Object.freeze(roles),
    onIdleError: settings.onIdleError ?? reportIdleError,
    tokens: result.data.tokens,
    onBackgroundError: settings.onBackgroundError ?? reportBackgroundError,
  });
}

function isPostgresUrl(value: string): boolean {
  return URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol);
}

function reportIdleError(error: Error): void {
  process.stderr.write(`rowhouse: an idle database connection broke and is replaced: ${error.message}\n`);
}

function reportBackgroundError(error: Error): void {
  process.stderr.write(`rowhouse: something beside a request failed: ${error.message}\n`);
}
