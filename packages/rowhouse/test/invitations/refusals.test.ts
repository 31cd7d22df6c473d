import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createInvitation,
  createInvitations,
  createLinkInvitation,
  expireInvitations,
  listInvitations,
  resendInvitation,
  type Role,
} from "../../src/index.ts";
import { refused } from "../fixture/refused.ts";
import {
  newPerson,
  openInvitingFixture,
  withContext,
  type InvitingFixture,
  type TestOrganization,
} from "./inviting-fixture.ts";

let desk: InvitingFixture;
let acme: TestOrganization;

beforeAll(async () => {
  desk = await openInvitingFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

beforeEach(async () => {
  acme = await desk.createOrganization();
});

const sqlText = async (text: string, values: unknown[]) => desk.fixture.admin.query(text, values);
const bulk = (addresses: Parameters<typeof createInvitations>[1]["addresses"], user = acme.ownerId) =>
  desk.as(acme, user, (tenant) => createInvitations(tenant, { addresses, role: "viewer" }));

describe("many at once", () => {
  it("need the permission", async () => {
    const viewer = await desk.addPerson(acme, "viewer");
    await refused(bulk("a@example.com", viewer.id), "FORBIDDEN");
  });

  it("are none when no line is an address, or there is no line", async () => {
    expect(await bulk("nonsense\nmore of it")).toMatchObject([
      { outcome: "not-an-address" },
      { outcome: "not-an-address" },
    ]);
    expect(await bulk("")).toEqual([]);
    // A role without an address before it is no role of anybody's.
    expect(await bulk("admin")).toMatchObject([{ line: 1, text: "admin", outcome: "not-an-address" }]);
    expect(await desk.actions(acme)).toEqual(["organization.created"]);
  });

  it("of a list may have a role each, and have the common one otherwise", async () => {
    const report = await bulk([{ email: "own@example.com", role: "member" }, { email: "common@example.com" }]);
    expect(report).toMatchObject([
      { outcome: "created", role: "member" },
      { outcome: "created", role: "viewer" },
    ]);
  });

  it("are as many as 500, however long the text is that has them", async () => {
    const long = (index: number) => `${"a".repeat(40)}${index}@example.com`;
    const report = await bulk(Array.from({ length: 30 }, (_, index) => long(index)).join("\n"));
    expect(report.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 30 }, () => "created"));
  });

  it.each<[string, Parameters<typeof createInvitations>[1]["addresses"]]>([
    ["more than 500 of a list", Array.from({ length: 501 }, (_, index) => ({ email: `p${index}@example.com` }))],
    ["text without end", "a".repeat(200_001)],
    ["a role that is none", [{ email: "a@example.com", role: "root" as Role }]],
  ])("with %s are INVALID_INPUT", async (_, addresses) => {
    await expect(bulk(addresses)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ message: expect.stringMatching(/^(Invite at most 500|Choose one of owner)/) as string }],
    });
    expect(await desk.actions(acme)).toEqual(["organization.created"]);
  });
});

describe("an address", () => {
  it("whose invitation was revoked or declined can be invited anew, and that leaves others that ran out alone", async () => {
    const gone = await desk.invite(acme, "again@example.com");
    await sqlText("update rowhouse.invitations set status = 'revoked' where id = $1", [gone.invitation.id]);
    const [own, other] = [await desk.invite(acme, "own@example.com"), await desk.invite(acme, "other@example.com")];
    for (const { invitation } of [own, other]) await desk.pass(invitation.id);
    await desk.invite(acme, "again@example.com");
    await desk.invite(acme, "own@example.com");
    expect(await desk.stored(own.invitation.id)).toMatchObject({ status: "expired" });
    expect(await desk.stored(other.invitation.id)).toMatchObject({ status: "sent" });
    expect((await desk.actions(acme)).filter((action) => action === "invitation.expired")).toHaveLength(1);
  });

  it("may have a newer invitation that is over: the old one is sent again", async () => {
    const { invitation } = await desk.invite(acme, "old@example.com");
    await desk.pass(invitation.id);
    const newer = await desk.invite(acme, "old@example.com");
    await sqlText("update rowhouse.invitations set status = 'declined' where id = $1", [newer.invitation.id]);
    await expect(desk.asOwner(acme, (tenant) => resendInvitation(tenant, invitation))).resolves.toBeDefined();
  });
});

describe("the person", () => {
  it("without an address is UNAUTHENTICATED, for a link too, and so is whoever declines as nobody", async () => {
    const link = await desk.asOwner(acme, (tenant) =>
      createLinkInvitation(tenant, { role: "member", expiresInDays: 1 }),
    );
    const nameless = { ...newPerson(), email: undefined as unknown as string };
    await refused(desk.tenancy.invitations.accept({ token: link.token, user: nameless }), "UNAUTHENTICATED");
    const mailed = await desk.invite(acme, "mine@example.com");
    const nobody = { ...newPerson("mine@example.com"), id: "anonymous" };
    await refused(desk.tenancy.invitations.decline({ token: mailed.token, user: nobody }), "UNAUTHENTICATED");
    expect(await desk.stored(mailed.invitation.id)).toMatchObject({ status: "sent" });
  });

  it("with something like a token has none: NOT_FOUND", async () => {
    const token = ["a".repeat(43)] as unknown as string;
    await refused(desk.tenancy.invitations.preview(token), "NOT_FOUND");
  });
});

describe("the inviter", () => {
  it("who is gone is not replaced by whoever else stands, a service account neither: GONE, for sign-up too", async () => {
    const machine = { mine: uuidv7(), other: uuidv7() };
    for (const id of Object.values(machine)) {
      await withContext(desk.fixture, acme.id, {
        text: "insert into rowhouse.service_accounts (organization_id, id, name, role, created_by) values ($1, $2::uuid, $2::text, 'admin', $2::uuid)",
        values: [acme.id, id],
      });
    }
    const { invitation, token } = await desk.invite(acme, "one@example.com");
    const gone = async () => {
      await refused(desk.tenancy.invitations.preview(token), "GONE");
      await refused(desk.tenancy.invitations.accept({ token, user: newPerson("one@example.com") }), "GONE");
      const createUser = async () => ({ id: uuidv7(), name: "New", email: "one@example.com" });
      await refused(desk.tenancy.invitations.signUp({ token }, createUser), "GONE");
    };
    await sqlText("update rowhouse.invitations set invited_by = $2 where id = $1", [invitation.id, uuidv7()]);
    await gone();
    await sqlText("update rowhouse.invitations set invited_by = $2 where id = $1", [invitation.id, machine.mine]);
    await desk.tenancy.invitations.preview(token);
    await sqlText("update rowhouse.service_accounts set status = 'disabled' where id = $1", [machine.mine]);
    await gone();
  });

  it("is never a job: FORBIDDEN", async () => {
    const permissions = ["invitations:create" as const];
    const entry = { organization: acme.id, job: "inviter", permissions, requires: null };
    const invited = desk.tenancy.enterJob(entry, (tenant) =>
      createLinkInvitation(tenant, { role: "viewer", expiresInDays: 1 }),
    );
    await refused(invited, "FORBIDDEN");
    expect(await desk.actions(acme)).toEqual(["organization.created"]);
  });
});

describe("the list", () => {
  it("is everything for blanks, and INVALID_INPUT for a status that is none", async () => {
    await desk.invite(acme, "one@example.com");
    const list = (input: object) => desk.asOwner(acme, (tenant) => listInvitations(tenant, input));
    expect((await list({ search: "  " })).items).toHaveLength(1);
    await refused(list({ status: "gone" }), "INVALID_INPUT");
  });
});

describe("while somebody works on the organization", () => {
  /** What is done first, while `late` waits for the organization; then both go on. */
  async function meanwhile(
    change: { text: string; values: unknown[] },
    late: () => Promise<unknown>,
  ): Promise<unknown> {
    const client = await desk.fixture.admin.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('rowhouse.organization_id', $1, true)", [acme.id]);
      await client.query("select from rowhouse.organizations where id = $1 for no key update", [acme.id]);
      const outcome = late().catch((error: unknown) => error);
      const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      await expect.poll(async () => (await sqlText(waiting, [])).rowCount, { timeout: 15_000 }).toBe(1);
      await client.query(change.text, change.values);
      await client.query("commit");
      return await outcome;
    } finally {
      client.release();
    }
  }

  it("an acceptance waits, and is NOT_FOUND when the token was changed or the organization is gone", async () => {
    const { invitation, token } = await desk.invite(acme, "one@example.com");
    const accept = () => desk.tenancy.invitations.accept({ token, user: newPerson("one@example.com") });
    const rotate = {
      text: "update rowhouse.invitations set token_hash = sha256('another') where id = $1",
      values: [invitation.id],
    };
    expect(await meanwhile(rotate, accept)).toMatchObject({ code: "NOT_FOUND" });
    const { token: second } = await desk.invite(acme, "two@example.com");
    const decline = () => desk.tenancy.invitations.decline({ token: second });
    const remove = { text: "delete from rowhouse.organizations where id = $1", values: [acme.id] };
    expect(await meanwhile(remove, decline)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("the nightly sweep waits for nobody, sweeps the others, and each event is its organization's", async () => {
    const busy = await desk.invite(acme, "busy@example.com");
    const others = [await desk.createOrganization(), await desk.createOrganization()];
    const old = [busy];
    for (const other of others) old.push(await desk.invite(other, "old@example.com"));
    for (const { invitation } of old) await desk.pass(invitation.id);
    const sweep = () =>
      desk.tenancy.operate({ operator: "nightly", reason: "clean-up" }, (one) => expireInvitations(one));
    const client = await desk.fixture.admin.connect();
    try {
      await client.query("begin");
      await client.query("select from rowhouse.organizations where id = $1 for no key update", [acme.id]);
      while ((await sweep()) > 0);
      expect(await desk.stored(busy.invitation.id)).toMatchObject({ status: "sent" });
      await client.query("commit");
    } finally {
      client.release();
    }
    while ((await sweep()) > 0);
    expect(await desk.stored(busy.invitation.id)).toMatchObject({ status: "expired" });
    for (const organization of [acme, ...others]) {
      expect((await desk.actions(organization)).filter((action) => action === "invitation.expired")).toHaveLength(1);
    }
  });

  it("the nightly sweep is not held up by a hundred organizations where nothing has run out", async () => {
    await sqlText(
      `with made as (insert into rowhouse.organizations (id, slug, name)
         select ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'early-' || i, 'Early' from generate_series(1, 200) i
         returning id, slug), named as (insert into rowhouse.organization_slugs (organization_id, slug) select id, slug from made)
       insert into rowhouse.invitations (organization_id, kind, email, role, token_hash, invited_by, expires_at)
       select id, 'email', 'open@example.com', 'member', sha256(id::text::bytea), id, now() + interval '1 day' from made`,
      [],
    );
    const { invitation } = await desk.invite(acme, "old@example.com");
    await desk.pass(invitation.id);
    await desk.tenancy.operate({ operator: "nightly", reason: "clean-up" }, (one) => expireInvitations(one));
    expect(await desk.stored(invitation.id)).toMatchObject({ status: "expired" });
  });

  it("an invitation made by somebody else meanwhile counts", async () => {
    const create = () =>
      desk.asOwner(acme, (tenant) => createInvitation(tenant, { email: "one@example.com", role: "member" }));
    const other = {
      text: `insert into rowhouse.invitations (organization_id, kind, email, role, token_hash, invited_by, expires_at)
             values ($1, 'email', 'one@example.com', 'member', sha256('x'), $2, now() + interval '1 day')`,
      values: [acme.id, acme.ownerId],
    };
    expect(await meanwhile(other, create)).toMatchObject({ code: "CONFLICT" });
  });
});
