import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createInvitation,
  createLinkInvitation,
  markInvitationSent,
  resendInvitation,
  revokeInvitation,
  roles,
} from "../../src/index.ts";
import { v7 as uuidv7 } from "uuid";
import { codeOf } from "../fixture/code-of.ts";
import { newPerson, openInvitingFixture, withContext, type InvitingFixture } from "./inviting-fixture.ts";
import { InvitationModel, people, type PersonName } from "./model.ts";

let desk: InvitingFixture;

beforeAll(async () => {
  desk = await openInvitingFixture();
});

afterAll(() => desk[Symbol.asyncDispose]());

const actor = fc.constantFrom("owner", ...people);
const person = fc.constantFrom(...people);
const role = fc.constantFrom(...roles);
const index = fc.nat(7);

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("invite" as const), actor, person, role }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("link" as const), actor, role, useLimit: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("resend" as const), actor, index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("revoke" as const), actor, index }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("accept" as const), person, index, back: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("decline" as const), index, back: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pass" as const), index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("change-role" as const), person, role }) },
);

type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** The same actions on the real thing, and what stands there afterwards. */
class Real {
  readonly #tokens: string[][] = [];
  readonly #ids: string[] = [];
  readonly #users: Readonly<Record<string, string>>;
  readonly #organizationId: string;
  readonly #emails: Readonly<Record<PersonName, string>>;

  constructor(organization: { id: string; ownerId: string }) {
    this.#organizationId = organization.id;
    this.#users = { owner: organization.ownerId, ...Object.fromEntries(people.map((name) => [name, uuidv7()])) };
    this.#emails = Object.fromEntries(people.map((name) => [name, `${name}-${uuidv7()}@example.com`])) as Record<
      PersonName,
      string
    >;
  }

  async run(step: Action, model: InvitationModel): Promise<{ real: string; model: string }> {
    const real = await codeOf(this.#perform(step));
    return { real, model: this.#predict(step, model) };
  }

  async state(): Promise<{ members: Record<string, string>; statuses: string[] }> {
    const { rows: members } = await desk.fixture.admin.query<{ user_id: string; role: string }>(
      "select user_id, role from rowhouse.memberships where organization_id = $1",
      [this.#organizationId],
    );
    const names = new Map(Object.entries(this.#users).map(([name, id]) => [id, name]));
    const { rows: invitations } = await desk.fixture.admin.query<{ status: string }>(
      `select case when status in ('created', 'sent') and expires_at <= now() then 'expired' else status end as status
       from rowhouse.invitations where id = any ($1) order by array_position($1, id)`,
      [this.#ids],
    );
    return {
      members: Object.fromEntries(members.map((one) => [names.get(one.user_id) ?? "a stranger", one.role])),
      statuses: invitations.map(({ status }) => status),
    };
  }

  #predict(step: Action, model: InvitationModel): string {
    switch (step.kind) {
      case "invite":
        return model.invite(step.actor, step.person, step.role);
      case "link":
        return model.link(step.actor, step.role, step.useLimit);
      case "resend":
        return model.resend(step.actor, step.index);
      case "revoke":
        return model.revoke(step.actor, step.index);
      case "accept":
        return model.accept(step.person, step.index, this.#generation(model, step));
      case "decline":
        return model.decline(step.index, this.#generation(model, step));
      case "pass":
        model.pass(step.index);
        return "ok";
      case "remove":
        model.members.delete(step.person);
        return "ok";
      case "change-role":
        if (model.members.has(step.person)) model.members.set(step.person, step.role);
        return "ok";
    }
  }

  #generation(model: InvitationModel, step: { index: number; back: number }): number {
    return (model.invitations[step.index]?.generation ?? 0) - step.back;
  }

  async #perform(step: Action): Promise<unknown> {
    switch (step.kind) {
      case "invite":
        return this.#as(step.actor, async (tenant) => {
          const made = await createInvitation(tenant, {
            email: this.#emails[step.person].toUpperCase(),
            role: step.role,
          });
          await markInvitationSent(tenant, made.invitation);
          this.#remember(made.invitation.id, made.token);
        });
      case "link":
        return this.#as(step.actor, async (tenant) => {
          const made = await createLinkInvitation(tenant, {
            role: step.role,
            useLimit: step.useLimit,
            expiresInDays: 1,
          });
          this.#remember(made.invitation.id, made.token);
        });
      case "resend":
        return this.#as(step.actor, async (tenant) => {
          const { token } = await resendInvitation(tenant, { id: this.#id(step.index) });
          this.#tokens[step.index]?.push(token);
        });
      case "revoke":
        return this.#as(step.actor, (tenant) => revokeInvitation(tenant, { id: this.#id(step.index) }));
      case "accept":
        return desk.tenancy.invitations.accept({
          token: this.#token(step),
          user: { ...newPerson(this.#emails[step.person]), id: this.#user(step.person) },
        });
      case "decline":
        return desk.tenancy.invitations.decline({ token: this.#token(step) });
      case "pass":
        return desk.pass(this.#id(step.index));
      case "remove":
        return this.#write("delete from rowhouse.memberships where organization_id = $1 and user_id = $2", [
          step.person,
        ]);
      case "change-role":
        return this.#write("update rowhouse.memberships set role = $3 where organization_id = $1 and user_id = $2", [
          step.person,
          step.role,
        ]);
    }
  }

  #as<T>(name: string, work: Parameters<typeof desk.as<T>>[2]): Promise<T> {
    return desk.as({ id: this.#organizationId, slug: "", ownerId: "" }, this.#user(name), work);
  }

  #write(text: string, [name, ...values]: [string, ...string[]]): Promise<void> {
    return withContext(desk.fixture, this.#organizationId, {
      text,
      values: [this.#organizationId, this.#user(name), ...values],
    });
  }

  #remember(id: string, token: string): void {
    this.#ids.push(id);
    this.#tokens.push([token]);
  }

  #user(name: string): string {
    return this.#users[name] ?? "";
  }

  #id(at: number): string {
    return this.#ids[at] ?? uuidv7();
  }

  /** The newest token of an invitation, or the one before it. */
  #token({ index: at, back }: { index: number; back: number }): string {
    return this.#tokens[at]?.at(-1 - back) ?? "none";
  }
}

it("whatever several people do in whatever order, the database and the model agree after every step", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 5, maxLength: 30, size: "max" }),
      fc.integer({ min: 2, max: 5 }),
      async (steps, limit) => {
        const organization = await desk.createOrganization(limit);
        const real = new Real(organization);
        const model = new InvitationModel(limit);
        for (const step of steps) {
          const codes = await real.run(step, model);
          expect({ step, code: codes.real }).toEqual({ step, code: codes.model });
          const statuses = model.invitations.map(({ status }) => status);
          expect(await real.state()).toEqual({ members: Object.fromEntries(model.members), statuses });
          expect(model.seats).toBeLessThanOrEqual(limit);
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
