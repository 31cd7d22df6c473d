import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { folderStore } from "../../src/files/index.ts";
import { createApi, listEndpoints, problemShape, type ApiHooks, type ApiOptions } from "../../src/http/index.ts";
import type { MountedEndpoint } from "../../src/http/index.ts";
import { createApiKey, definePermissions, defineOrganizationSettings, type Identity } from "../../src/index.ts";
import type { FixtureDatabase, FixtureSettings } from "../fixture/test-tenancy.ts";
import type { FixtureTenancy } from "../fixture/two-organizations.ts";
import { openPeople, type People, type Staffed } from "../members/people.ts";
import { newTokenKey } from "../tokens/token-key.ts";

/** Viewers may do nothing, so that every endpoint which asks for a permission refuses them. */
export const permissions = definePermissions({
  resources: { projects: ["read", "create", "update", "delete"] },
  roles: {
    owner: ["*"],
    admin: ["*"],
    member: ["projects:read", "organization:read", "members:read", "api-keys:read", "api-keys:create"],
    viewer: [],
  },
});

export type Permission = FixtureSettings["permissions"]["all"][number];
export type HttpOptions = Partial<ApiOptions<FixtureDatabase, Permission>>;

const settings = defineOrganizationSettings({
  weekStart: { schema: z.enum(["monday", "sunday"], "Choose monday or sunday."), default: "monday" },
});

export const publicUrl = "https://app.example.com";
export const issuer = publicUrl;
export const audience = `${publicUrl}/api`;

/** A user by a session's cookie, or whoever bears a key or a token. */
export type Asking = string | { readonly bearer: string } | null;

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as an object; `{}` where it is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** `createApi` alone, on the fixture's tenancy. */
export interface Http extends AsyncDisposable {
  readonly tenancy: FixtureTenancy;
  readonly people: People;
  readonly mounted: readonly MountedEndpoint[];
  /** TXT records by name, as the API's DNS has them. */
  readonly zone: Map<string, readonly string[]>;
  /** What its hooks do; a test may set them. */
  readonly hooks: {
    -readonly [Name in keyof ApiHooks<FixtureDatabase, Permission>]: ApiHooks<FixtureDatabase, Permission>[Name];
  };
  /** What was not the caller's doing. */
  readonly faults: unknown[];
  /** What a session says of somebody; by default a verified address of their own. */
  readonly profiles: Map<string, NonNullable<Identity["profile"]>>;
  staffed(): Promise<Staffed>;
  /** The API with other options. */
  open(options: HttpOptions): Send;
  readonly send: Send;
  key(
    organization: Staffed,
    scopes: readonly Permission[],
    changes?: { user?: string; expiresAt?: Date },
  ): Promise<string>;
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

/** `send(acme.owner, "POST /api/organizations", { body })`. Every refusal is checked to be a problem. */
export type Send = (who: Asking, line: string, sent?: Sent) => Promise<Answer>;

export async function openHttp(): Promise<Http> {
  const people = await openPeople();
  const { fixture } = people;
  const folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-http-"));
  const profiles: Http["profiles"] = new Map();
  const tenancy = fixture.open(
    {
      permissions,
      locate: ["path", "header", "api-key"],
      identify: async (request) => identify(request, profiles),
      tokens: { issuer, audience, keys: [await newTokenKey("one")], ttlSeconds: 60 },
    },
    {
      operatorUrl: fixture.operatorUrl,
      identityUrl: fixture.identityUrl,
      maxConnections: 12,
      acquireTimeoutMs: 15_000,
    },
  );
  const zone: Http["zone"] = new Map();
  const hooks: Http["hooks"] = {};
  const faults: unknown[] = [];
  const usual: ApiOptions<FixtureDatabase, Permission> = {
    publicUrl,
    settings,
    files: () => folderStore({ folder }),
    resolveTxt: async (name) => zone.get(name) ?? [],
    rateLimits: false,
    onFault: (error) => faults.push(error),
    onInvitation: async (...told) => hooks.onInvitation?.(...told),
    onRoleChanged: async (...told) => hooks.onRoleChanged?.(...told),
    onMemberRemoved: async (...told) => hooks.onMemberRemoved?.(...told),
    onDomainMail: async (...told) => hooks.onDomainMail?.(...told),
  };
  const open: Http["open"] = (options) => sender(createApi(tenancy, { ...usual, ...options }));
  let count = 0;
  return {
    ...{ tenancy, people, zone, hooks, faults, profiles, open },
    mounted: listEndpoints(tenancy, usual),
    send: open({}),
    staffed: () => people.staffed(`Http ${(count += 1)}`),
    key: async (organization, scopes, { user = organization.owner, expiresAt } = {}) => {
      const { key } = await tenancy.enter({ organization: organization.id, user }, (tenant) =>
        createApiKey(tenant, { name: "Key", scopes, expiresAt }),
      );
      return key;
    },
    sql: async (text, values = []) => (await fixture.admin.query<Record<string, unknown>>(text, [...values])).rows,
    [Symbol.asyncDispose]: async () => {
      await people[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function identify(request: Request, profiles: Http["profiles"]): Promise<Identity | null> {
  const userId = /(?:^|; )user=([^;]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
  if (userId === undefined) return null;
  const usual = { name: "Petra Person", email: `${userId}@people.test`, emailVerified: true };
  return { userId, profile: profiles.get(userId) ?? usual };
}

function sender(api: ReturnType<typeof createApi>): Send {
  return async (who, line, { body, headers } = {}) => {
    const [method = "", target = ""] = line.split(" ");
    const isFile = body instanceof Uint8Array || typeof body === "string" || body instanceof ReadableStream;
    const init = {
      method,
      headers: { ...credentials(who), ...(body === undefined || isFile ? {} : jsonType), ...headers },
      ...(body === undefined ? {} : { body: (isFile ? body : JSON.stringify(body)) as BodyInit, duplex: "half" }),
    };
    const response = await api.request(`${publicUrl}${target}`, init);
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, text, body: parse(text) };
    expect(response.headers.get("x-request-id")).toMatch(/^[\w.-]+$/);
    if (response.status >= 400 && method !== "HEAD") assertProblem(answer);
    return answer;
  };
}

export const jsonType = { "content-type": "application/json" };

function credentials(who: Asking): Record<string, string> {
  if (who === null) return {};
  return typeof who === "string" ? { cookie: `user=${who}` } : { authorization: `Bearer ${who.bearer}` };
}

function parse(text: string): Record<string, unknown> {
  if (!text.startsWith("{")) return {};
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

function assertProblem({ status, headers, body }: Answer): void {
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(problemShape.parse(body)).toMatchObject({ status, type: `urn:rowhouse:problem:${String(body.code)}` });
}

/** The last part of the place that an answer names. */
export function madeId({ headers }: Answer): string {
  return headers.get("location")?.split("/").at(-1) ?? "";
}

/** The fields that a refusal marks. */
export function fieldsOf({ body }: Answer): string[] {
  const shape = z.array(z.object({ field: z.string(), message: z.string().min(1) }));
  return shape.parse(body.errors ?? []).map(({ field }) => field);
}

/** The items of a list. */
export function itemsOf({ body }: Answer): Record<string, unknown>[] {
  return z.array(z.record(z.string(), z.unknown())).parse(body.items);
}
