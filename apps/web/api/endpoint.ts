import { organizationHeader, RowhouseError } from "rowhouse";
import { validate as isUuid } from "uuid";
import type { z } from "zod";
import { findCaller, type SessionUser } from "@/identity/find-caller";
import { parseInput } from "@/tenancy/parse-input";
import type { Permission } from "@/tenancy/permissions";
import { tenancy, type Tenant } from "@/tenancy/tenancy";
import { readJsonBody } from "./read-json-body";
import { readQuery } from "./read-query";

/** What an endpoint is to the router and to the OpenAPI document. */
export interface Endpoint {
  readonly method: "get" | "post" | "patch" | "delete";
  /** With `{parameters}`; below the organization for access "organization", below `/api` otherwise. */
  readonly path: string;
  readonly summary: string;
  readonly access: "public" | "user" | "organization";
  readonly permission?: Permission | undefined;
  readonly body?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly status: 200 | 201 | 204;
  /** The form of the answer; none for 204. */
  readonly answer?: z.ZodType | undefined;
  /** Statuses that it may refuse with besides those that its access and input bring. */
  readonly refusals?: readonly number[] | undefined;
  readonly serve: (call: Call) => Promise<Reply>;
}

export interface Call {
  readonly request: Request;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly body?: unknown;
  /** Of what was made, below the place where the endpoint is mounted. */
  readonly location?: string;
  readonly setCookies?: readonly string[];
}

/** A call with its body and query checked. */
export interface Input<Body extends z.ZodType, Query extends z.ZodType> extends Call {
  readonly body: z.output<Body>;
  readonly query: z.output<Query>;
}

interface Description<Body extends z.ZodType, Query extends z.ZodType> extends Omit<
  Endpoint,
  "access" | "permission" | "serve"
> {
  readonly body?: Body;
  readonly query?: Query;
}

type Run<Subject extends readonly unknown[], Body extends z.ZodType, Query extends z.ZodType> = (
  ...input: [...Subject, Input<Body, Query>]
) => Promise<Reply>;

/** For anybody. */
export function publicEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  description: Description<Body, Query>,
  run: Run<[], Body, Query>,
): Endpoint {
  return { ...description, access: "public", serve: async (call) => run(await readInput(description, call)) };
}

/** For whoever is signed in. */
export function userEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  description: Description<Body, Query>,
  run: Run<[SessionUser], Body, Query>,
): Endpoint {
  return {
    ...description,
    access: "user",
    serve: async (call) => run(await getCaller(call), await readInput(description, call)),
  };
}

/** For a member of the organization whose role has the permission. Nothing of the input is looked at for anybody else. */
export function organizationEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  { permission, ...description }: Description<Body, Query> & { readonly permission: Permission },
  run: Run<[Tenant], Body, Query>,
): Endpoint {
  return {
    ...description,
    access: "organization",
    permission,
    serve: (call) =>
      enterOrganization(call, async (tenant) => {
        tenant.assertCan(permission);
        return run(tenant, await readInput(description, call));
      }),
  };
}

/**
 * Opens the tenant that the path names, or else the X-Organization header. Either is a claim that is joined to the
 * caller's membership. The library also finds organizations by id; here a slug is the only form.
 */
async function enterOrganization<T>(call: Call, work: (tenant: Tenant) => Promise<T>): Promise<T> {
  const user = await getCaller(call);
  const claim = call.parameters.orgSlug ?? call.request.headers.get(organizationHeader) ?? "";
  const organization = isUuid(claim) ? "" : claim;
  return tenancy().enter({ organization, user: user.id, signal: call.request.signal }, work);
}

async function getCaller({ request }: Call): Promise<SessionUser> {
  const user = await findCaller(request.headers);
  if (user !== undefined) return user;
  throw new RowhouseError("UNAUTHENTICATED", "Sign in first.");
}

async function readInput<Body extends z.ZodType, Query extends z.ZodType>(
  { body, query }: { readonly body?: Body; readonly query?: Query },
  call: Call,
): Promise<Input<Body, Query>> {
  return {
    ...call,
    query: (query === undefined ? undefined : parseInput(query, readQuery(call.request))) as z.output<Query>,
    body: (body === undefined ? undefined : parseInput(body, await readJsonBody(call.request))) as z.output<Body>,
  };
}
