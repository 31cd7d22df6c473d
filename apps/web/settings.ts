import { z } from "zod";
import { mailSettingsOf, mailShape, type MailSettings } from "./mail/mail-settings.ts";

/**
 * The one place that reads the environment. Each option's text is what `npm start` prints when it is wrong, so it says
 * what to do.
 */
const shape = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** Connects as the runtime role. `npm start` makes it; a deployment sets it. */
  RUNTIME_DATABASE_URL: z.string().min(1),
  /** Connects as the identity role, which alone reads users and sessions. */
  IDENTITY_DATABASE_URL: z.string().min(1),
  /** Signs the session cookies. */
  ROWHOUSE_SECRET: secretText(),
  /** Seals the context of every transaction: see docs/guide/sealed-context.md. `off`, or unset: contexts are not sealed. */
  SEAL_KEY: secretText({ or: "off" }).optional(),
  /** `false` while sealing is brought in or taken out with more than one server: a database that is not sealed is good enough then. */
  SEAL_REQUIRED: z.enum(["true", "false"]).default("true"),
  /** Where the product is reached, as `https://app.example.com`. Cookies are Secure when it is https. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  /** Where uploaded files are kept, as logos. `npm start` uses its data folder. An S3 service takes its place when it is set. */
  FILES_FOLDER: z.string().min(1).optional(),
  /** A service that speaks S3, as `https://s3.eu-central-1.amazonaws.com`. Wants the other four as well; the bucket is private. */
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Connects as the worker role, to take jobs from the queue. Without it this process runs none. `npm start` makes it. */
  WORKER_DATABASE_URL: z.string().min(1).optional(),
  /** Connects as the operator role, for the nightly cleaning-up across tenants. Without it there is none. */
  OPERATOR_DATABASE_URL: z.string().min(1).optional(),
  ...mailShape,
  /** The address that the server listens on. Next reads it too. */
  HOSTNAME: z.string().optional(),
});

/** Where uploaded files are kept. */
export type FileSettings =
  | { readonly kind: "folder"; readonly folder: string }
  | {
      readonly kind: "s3";
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

export interface WebSettings {
  readonly runtimeUrl: string;
  readonly identityUrl: string;
  readonly secret: string;
  readonly publicUrl: string;
  readonly secureCookies: boolean;
  /** Left out: contexts are not sealed. */
  readonly seal?: { readonly key: string; readonly isRequired: boolean } | undefined;
  /** Left out: nothing can be uploaded. */
  readonly files?: FileSettings | undefined;
  /** Left out: no jobs run in this process. */
  readonly workerUrl?: string | undefined;
  /** Left out: nothing is cleaned up at night. */
  readonly operatorUrl?: string | undefined;
  /** Left out: mail waits. */
  readonly mail?: MailSettings | undefined;
}

/** @throws TypeError that names every wrong variable and what to do, and no value. */
export function readWebSettings(environment: Readonly<Record<string, string | undefined>>): WebSettings {
  const result = shape.safeParse(environment);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new TypeError(`The environment is incomplete. ${problems.join("; ")}. Start with "npm start", or set these.`);
  }
  const { RUNTIME_DATABASE_URL, IDENTITY_DATABASE_URL, ROWHOUSE_SECRET, PUBLIC_URL } = result.data;
  return {
    runtimeUrl: RUNTIME_DATABASE_URL,
    identityUrl: IDENTITY_DATABASE_URL,
    secret: ROWHOUSE_SECRET,
    publicUrl: PUBLIC_URL.replace(/\/$/, ""),
    secureCookies: PUBLIC_URL.startsWith("https:"),
    seal: sealSettingsOf(result.data),
    files: fileSettingsOf(result.data),
    workerUrl: result.data.WORKER_DATABASE_URL,
    operatorUrl: result.data.OPERATOR_DATABASE_URL,
    mail: mailSettingsOf(result.data, { publicUrl: PUBLIC_URL, host: result.data.HOSTNAME }),
  };
}

/** A service that is named in part would leave files in a folder unnoticed, so it is refused. */
function fileSettingsOf(environment: z.output<typeof shape>): FileSettings | undefined {
  const { FILES_FOLDER: folder, S3_ENDPOINT: endpoint, S3_REGION: region, S3_BUCKET: bucket } = environment;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (endpoint && region && bucket && accessKeyId && secretAccessKey)
    return { kind: "s3", endpoint, region, bucket, accessKeyId, secretAccessKey };
  if (endpoint ?? region ?? bucket ?? accessKeyId ?? secretAccessKey)
    throw new TypeError(
      "The file service is set in part. Set S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or none.",
    );
  return folder === undefined ? undefined : { kind: "folder", folder };
}

function sealSettingsOf({ SEAL_KEY: key, SEAL_REQUIRED }: z.output<typeof shape>): WebSettings["seal"] {
  return key === undefined || key === "off" ? undefined : { key, isRequired: SEAL_REQUIRED === "true" };
}

function secretText({ or }: { readonly or?: string } = {}) {
  return z.string().superRefine((value, context) => {
    const problem = value === or ? undefined : secretProblem(value);
    if (problem !== undefined) context.addIssue(problem);
  });
}

/** Why a secret cannot be used, or `undefined` for a good one. */
export function secretProblem(secret: string): string | undefined {
  if (secret.length < 32) return "needs at least 32 characters; make one with: openssl rand -base64 32";
  const isPlaceholder =
    /change.?me|secret|password|example|placeholder|your.?key/i.test(secret) || new Set(secret).size < 10;
  return isPlaceholder ? "is a placeholder; make one with: openssl rand -base64 32" : undefined;
}

let current: WebSettings | undefined;

/** The settings of this process, read once. */
export function webSettings(): WebSettings {
  return (current ??= readWebSettings(process.env));
}

/** Takes these instead of the environment: for a process that has decided them itself, before anything asks. */
export function useWebSettings(settings: WebSettings): void {
  current = Object.freeze({ ...settings });
}

/** What `npm start` reads. `DATABASE_URL` names a Postgres to use instead of the embedded one. */
export interface StartSettings {
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string | undefined;
  readonly secret: string | undefined;
  readonly publicUrl: string | undefined;
  /** What the migration does about sealed contexts; undefined: nothing. */
  readonly seal: { readonly keys: readonly string[] } | "off" | undefined;
}

const portMessage = "must be a whole number from 1 to 65535, as in PORT=3000";

const startShape = z.object({
  DATABASE_URL: z
    .string()
    .refine(
      (value) => /^postgres(ql)?:\/\/./.test(value) && URL.canParse(value),
      "must be postgres://user:password@host:5432/database",
    )
    .optional(),
  PORT: z.coerce.number(portMessage).int(portMessage).min(1, portMessage).max(65_535, portMessage).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  ROWHOUSE_DATA: z.string().min(1).optional(),
  ROWHOUSE_SECRET: shape.shape.ROWHOUSE_SECRET.optional(),
  PUBLIC_URL: shape.shape.PUBLIC_URL.optional(),
  SEAL_KEY: shape.shape.SEAL_KEY,
  /** While the key is changed: the one before, which servers that run still seal with. */
  SEAL_OLD_KEY: secretText().optional(),
  SEAL_REQUIRED: shape.shape.SEAL_REQUIRED,
});

/** @throws TypeError that names every wrong variable. An empty variable counts as unset, save the secret. */
export function readStartSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): StartSettings {
  const secrets = ["ROWHOUSE_SECRET", "SEAL_KEY", "SEAL_OLD_KEY"];
  const present = Object.entries(environment).filter(([name, value]) => value !== "" || secrets.includes(name));
  const result = startShape.safeParse(Object.fromEntries(present));
  if (!result.success) {
    throw new TypeError(result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "));
  }
  const { DATABASE_URL, PORT, HOST, ROWHOUSE_DATA, ROWHOUSE_SECRET, PUBLIC_URL } = result.data;
  return {
    databaseUrl: DATABASE_URL,
    port: PORT,
    host: HOST,
    dataFolder: ROWHOUSE_DATA,
    secret: ROWHOUSE_SECRET,
    publicUrl: PUBLIC_URL,
    seal: sealKeysOf(result.data),
  };
}

/** Where sealing is not required yet, or no longer, the migration leaves it to the next start. */
function sealKeysOf({
  SEAL_KEY: key,
  SEAL_OLD_KEY: old,
  SEAL_REQUIRED,
}: z.output<typeof startShape>): StartSettings["seal"] {
  if (key === undefined || key === "off") {
    if (old !== undefined) throw new TypeError("SEAL_OLD_KEY is set without SEAL_KEY. Set SEAL_KEY to the new key.");
    return key;
  }
  if (key === old) throw new TypeError("SEAL_OLD_KEY is SEAL_KEY. Leave it out once every server has the new key.");
  if (SEAL_REQUIRED === "false") return undefined;
  return { keys: old === undefined ? [key] : [key, old] };
}

/** The environment for the server process: this one's, with what was decided in place of what is secret to the start. */
export function serverEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _adminUrl, SEAL_OLD_KEY: _oldKey, ...rest } = process.env;
  return { ...rest, ...changes, NODE_ENV: "production" };
}
