import type { z } from "zod";
import type { InvitedPerson } from "../invitations/invited-person.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Call, Endpoint, FileAnswer, Reply } from "./call.ts";
import { enterOrganization } from "./enter-organization.ts";
import { getPerson } from "./get-person.ts";
import { parseInput } from "./parse-input.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readQuery } from "./read-query.ts";
import { runOnce } from "./run-once.ts";
import { streamWithin } from "./stream-within.ts";

/** A call with its body and query checked. */
export interface Input<Body extends z.ZodType, Query extends z.ZodType> extends Call {
  readonly body: z.output<Body>;
  readonly query: z.output<Query>;
}

/** All of an {@link Endpoint} that is written down by hand. */
export interface Description<Body extends z.ZodType, Query extends z.ZodType> extends Omit<
  Endpoint,
  "access" | "permission" | "serve"
> {
  readonly body?: Body;
  readonly query?: Query;
}

type Run<Subject extends readonly unknown[], Body extends z.ZodType, Query extends z.ZodType, Answer = Reply> = (
  ...input: [...Subject, Input<Body, Query>]
) => Promise<Answer>;

/** The builders of endpoints, for the tables and permissions of one application. */
export interface EndpointBuilders<DB, P extends string> {
  readonly publicEndpoint: typeof publicEndpoint;
  readonly userEndpoint: typeof userEndpoint;
  /**
   * For a member of the organization whose role has the permission; `null` asks for none. Nothing of the input is looked
   * at for anybody else.
   */
  readonly organizationEndpoint: <Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
    description: Description<Body, Query> & { readonly permission: P | null },
    run: Run<[Tenant<DB, P>], Body, Query>,
  ) => Endpoint;
}

/**
 * The builders of endpoints for an application's own tables and permissions.
 *
 * ```ts
 * const { organizationEndpoint } = endpointsFor<Database, Permission>();
 * const list = organizationEndpoint(
 *   { method: "get", path: "/projects", summary: "The projects", permission: "projects:read", status: 200, answer },
 *   async (tenant) => ({ body: await listProjects(tenant) }),
 * );
 * ```
 */
export function endpointsFor<DB, P extends string>(): EndpointBuilders<DB, P> {
  // An endpoint meets the tenancy of the API that it is put into, whose tables and permissions are these.
  const bound = organizationEndpoint as unknown as EndpointBuilders<DB, P>["organizationEndpoint"];
  return { publicEndpoint, userEndpoint, organizationEndpoint: bound };
}

/** For anybody. */
export function publicEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  description: Description<Body, Query>,
  run: Run<[], Body, Query>,
): Endpoint {
  return { ...description, access: "public", serve: async (call) => run(await readInput(description, call)) };
}

/** For whoever is signed in; keys, which act in one organization, are nobody here. */
export function userEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  description: Description<Body, Query>,
  run: Run<[InvitedPerson], Body, Query>,
): Endpoint {
  return {
    ...description,
    access: "user",
    serve: async (call) => run(await getPerson(call), await readInput(description, call)),
  };
}

/** See {@link EndpointBuilders.organizationEndpoint}. */
export function organizationEndpoint<Body extends z.ZodType = z.ZodUndefined, Query extends z.ZodType = z.ZodUndefined>(
  description: Description<Body, Query> & { readonly permission: string | null },
  run: Run<[Tenant<unknown>], Body, Query>,
): Endpoint {
  return {
    ...description,
    access: "organization",
    serve: (call) =>
      enterOrganization(call, async (tenant) => {
        if (description.permission !== null) tenant.assertCan(description.permission);
        return runOnce(tenant, { description, call }, async (within, once) =>
          run(within, await readInput(description, once)),
        );
      }),
  };
}

/** The same with a file for an answer, whose pieces are read while the tenant scope stays open. */
export function fileEndpoint<Query extends z.ZodType = z.ZodUndefined>(
  description: Description<z.ZodUndefined, Query> & { readonly permission: string },
  run: (tenant: Tenant<unknown>, input: Input<z.ZodUndefined, Query>) => FileAnswer<AsyncIterable<string>>,
): Endpoint {
  return {
    ...description,
    access: "organization",
    serve: (call) =>
      streamWithin(call, async (tenant) => {
        tenant.assertCan(description.permission);
        return run(tenant, await readInput(description, call));
      }),
  };
}

async function readInput<Body extends z.ZodType, Query extends z.ZodType>(
  { body, query, bodyLimit }: { readonly body?: Body; readonly query?: Query; readonly bodyLimit?: number | undefined },
  call: Call,
): Promise<Input<Body, Query>> {
  const { request } = call;
  return {
    ...call,
    query: (query === undefined ? undefined : parseInput(query, readQuery(request))) as z.output<Query>,
    body: (body === undefined ? undefined : parseInput(body, await readJsonBody(request, bodyLimit))) as z.output<Body>,
  };
}
