import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { Things } from "./every-action.ts";
import type { Person } from "./people.ts";
import { addMembership, query } from "./product-database.ts";

// One transparent pixel.
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** One of each thing in somebody's organization, made through the API, and a logo. */
export async function makeThings({ context, organization }: Person, word: string): Promise<Things> {
  const make = async (below: string, data: object): Promise<string> => {
    const headers = { origin: inject("productUrl") };
    const answer = await context.request.post(`/api/organizations/${organization.slug}${below}`, { data, headers });
    const said = (await answer.json()) as { id?: string; record?: { id?: string }; key?: { id?: string } };
    const id = said.id ?? said.record?.id ?? said.key?.id;
    if (id === undefined) throw new Error(`POST ${below} answered ${answer.status()}: ${JSON.stringify(said)}`);
    return id;
  };
  const projectId = await make("/projects", { name: `${word} plan` });
  const userId = await makeMember(organization.id);
  await context.request.put(`/${organization.slug}/logo`, {
    headers: { origin: inject("productUrl"), "content-type": "image/png" },
    data: picture,
  });
  return {
    orgSlug: organization.slug,
    projectId,
    userId,
    taskId: await make(`/projects/${projectId}/tasks`, { title: `${word} step` }),
    invitationId: await make("/invitations", { email: `${randomUUID()}@example.com`, role: "viewer" }),
    serviceAccountId: await make("/service-accounts", { name: `${word} robot`, role: "viewer" }),
    keyId: await make("/api-keys", { name: `${word} key`, scopes: ["projects:read"] }),
    domainId: await make("/domains", { domain: `${randomUUID()}.com` }),
  };
}

/** Somebody who never signs in. */
async function makeMember(organizationId: string): Promise<string> {
  const userId = randomUUID();
  await query("insert into auth.users (id, name, email) values ($1::uuid, 'Mabel', $1::text || '@example.com')", [
    userId,
  ]);
  await addMembership({ organizationId, userId }, "viewer");
  return userId;
}
