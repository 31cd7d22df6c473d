import { randomUUID } from "node:crypto";
import { assertIsolated, fingerprintOf, proveIsolation, type Party, type Proof } from "rowhouse/testing";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listOperations, type Operation } from "./fixture/api-operations";
import { makeTarget, mendStandings, type Target } from "./fixture/cast";
import { expectations } from "./fixture/expectations";
import { openWeb, type Web } from "./fixture/open-web";
import { anyAddress, json, signUpPerson, type Person } from "./fixture/person";

/** By canonical operation, why its success is not to be had here. What the attacker gets is judged all the same. */
const exempt: Readonly<Record<string, string>> = {
  "POST /api/password-resets": "Needs the token of a mail; test/identity-mail/password-reset.test.ts",
  "POST /api/address-verifications": "Needs the token of a mail; test/identity-mail/address-verification.test.ts",
  "POST /api/sign-in": "The body is nobody's; whoever signs in is told of their own organizations alone",
  "POST /api/join/preview":
    "Needs the token of an invitation, which is the right to see it; test/invitations/join.test.ts",
  "POST /api/join/accept":
    "Needs the token of an invitation, which is the right to join; test/invitations/join.test.ts",
  "POST /api/join/decline": "Needs the token of an invitation; test/invitations/join.test.ts",
  "POST {organization}/domain-confirmations":
    "Needs the token of a mail; packages/rowhouse/test/domains/proving.test.ts",
  "POST {organization}/join-requests/{userId}/approve":
    "Needs a verified domain; packages/rowhouse/test/http/domains.test.ts",
  "POST {organization}/join-requests/{userId}/decline":
    "Needs a verified domain; packages/rowhouse/test/http/domains.test.ts",
  "POST /api/joinable/{orgSlug}/join": "Needs a verified domain; packages/rowhouse/test/http/domains.test.ts",
  "POST /api/joinable/{orgSlug}/request": "Needs a verified domain; packages/rowhouse/test/http/domains.test.ts",
};

interface Playing extends Person {
  readonly id: string;
  readonly secret: string;
  target: Target;
}

let web: Web;
let picture: Blob;

beforeAll(async () => {
  web = await openWeb();
  const pixels = sharp({ create: { width: 64, height: 64, channels: 3, background: "teal" } });
  picture = new Blob([new Uint8Array(await pixels.png().toBuffer())], { type: "image/png" });
});
afterAll(() => web[Symbol.asyncDispose]());

test("no operation of the API reaches another organization, and none is left out but for a reason", async () => {
  const proof = await prove(await play("Acme"), await play("Globex"));
  expect(proof.operations.filter(({ showsVictim }) => showsVictim).length).toBeGreaterThan(30);
  assertIsolated(proof);
});

async function prove(attacker: Playing, victim: Playing): Promise<Proof> {
  const operations = await listOperations(web);
  const sides = { attacker, victim };
  return proveIsolation({
    document: await (await web.request("/api/openapi.json")).json(),
    request: (url, init) =>
      web.request(url, { ...init, headers: { ...headersOf(init), "x-forwarded-for": anyAddress() } }),
    attacker: toParty(attacker),
    victim: toParty(victim),
    fingerprint: () => fingerprintOf(web.admin, { organization: victim.id, also: besides }),
    exempt: byOperation(operations, (key) => exempt[key]),
    bodies: byOperation(operations, (key) => {
      if (key === "PUT {organization}/logo") return () => picture;
      const body = expectations[key]?.body;
      return body && (({ as }: { as: keyof typeof sides }) => body(sides[as].target));
    }),
    queries: byOperation(operations, (key) => (key.endsWith("audit/export") ? { format: "csv" } : undefined)),
    prepare: async ({ operation, as }) => prepare(operation, as, sides[as]),
  });
}

const besides = {
  "rowhouse.organizations": "id::text = $1",
  "auth.users": "id in (select user_id from rowhouse.memberships where organization_id::text = $1)",
};

/** Signed up, with one of each thing, a logo, and a project whose name nobody else may read. */
async function play(name: string): Promise<Playing> {
  const person = await signUpPerson(web, name);
  const secret = `Secret plan ${randomUUID()}`;
  const headers = { cookie: person.cookie };
  const below = `/api/organizations/${person.slug}`;
  await web.request(`${below}/projects`, json({ name: secret }, headers));
  await web.request(`${below}/logo`, {
    method: "PUT",
    headers: { ...headers, "content-type": picture.type },
    body: picture,
  });
  const { id } = z.object({ id: z.string() }).parse(await (await web.request(below, { headers })).json());
  return { ...person, id, secret, target: await makeTarget(web, person) };
}

function toParty({ cookie, slug, id, email, secret, target }: Playing): Party {
  const organization = { orgSlug: slug, "X-Organization": slug, organizationId: id };
  return { headers: { cookie }, organization, ids: { key: "taskStatus", ...target }, secrets: [secret, email] };
}

/** What takes its thing away, or leaves it in another state: making one of each costs more than all the requests. */
const isConsumed = {
  attacker: /^DELETE .*\{(?!orgSlug)\w+\}$/,
  victim: /^DELETE .*\{(?!orgSlug)\w+\}$|\/(?:leave|transfer-ownership|revoke|rotate|suspend)$/,
};

/** Whoever left or gave their place away has it again, and what the operation names is new. */
async function prepare(
  operation: string,
  as: "attacker" | "victim",
  side: Playing,
): Promise<{ ids: Record<string, string> } | undefined> {
  await mendStandings(web, { acme: side, standings: [{ userId: side.userId, role: "owner" }] });
  if (isConsumed[as].test(operation)) side.target = await makeTarget(web, side);
  const { userId } = side.target;
  if (operation.endsWith("/leave")) {
    await web.admin.query("update rowhouse.memberships set role = 'owner' where user_id = $1", [userId]);
  }
  return {
    ids: { ...side.target, ...(operation.endsWith("/resend") ? { invitationId: await inviteByMail(side) } : {}) },
  };
}

async function inviteByMail({ slug, cookie }: Person): Promise<string> {
  const body = { email: `${randomUUID()}@example.com`, role: "viewer" };
  const answer = await web.request(`/api/organizations/${slug}/invitations`, json(body, { cookie }));
  return z.object({ id: z.string() }).parse(await answer.json()).id;
}

/** The document has most operations twice, below the slug and by header. */
function byOperation<T>(operations: readonly Operation[], of: (key: string) => T | undefined): Record<string, T> {
  const found: Record<string, T> = {};
  for (const { method, path, key } of operations) {
    const value = of(key);
    if (value !== undefined) found[`${method} ${path}`] = value;
  }
  return found;
}

function headersOf({ headers }: RequestInit): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}
