import type { Role } from "../../src/index.ts";

export const people = ["ann", "bob", "cy", "dee"] as const;
export type PersonName = (typeof people)[number];

interface ModelInvitation {
  readonly kind: "email" | "link";
  readonly to: PersonName | undefined;
  readonly role: Role;
  inviter: string;
  /** How many tokens it has had; only the last works. */
  generation: number;
  readonly useLimit: number | undefined;
  readonly users: Set<string>;
  acceptedBy: string | undefined;
  status: "created" | "sent" | "accepted" | "declined" | "revoked" | "expired";
}

const order: readonly Role[] = ["owner", "admin", "member", "viewer"];
const reaches = (mine: Role, asked: Role): boolean => order.indexOf(mine) <= order.indexOf(asked);

/** The rules, told a second time, in memory: every method gives `ok` or the code of the refusal. */
export class InvitationModel {
  readonly members = new Map<string, Role>([["owner", "owner"]]);
  readonly invitations: ModelInvitation[] = [];
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get seats(): number {
    return this.members.size + this.invitations.filter((one) => one.kind === "email" && isOpen(one)).length;
  }

  invite(actor: string, to: PersonName, role: Role): string {
    const refusal = this.#mayInvite(actor, role);
    if (refusal !== undefined) return refusal;
    if (this.members.has(to) || this.#openFor(to) !== undefined) return "CONFLICT";
    if (this.seats >= this.limit) return "MEMBER_LIMIT";
    this.#add({ kind: "email", to, role, inviter: actor, status: "sent", useLimit: undefined });
    return "ok";
  }

  link(actor: string, role: Role, useLimit: number): string {
    const refusal = this.#mayInvite(actor, role);
    if (refusal !== undefined) return refusal;
    if (role === "owner") return "INVALID_INPUT";
    this.#add({ kind: "link", to: undefined, role, inviter: actor, status: "created", useLimit });
    return "ok";
  }

  resend(actor: string, index: number): string {
    const one = this.invitations[index];
    const refusal = this.#mayTouch(actor, one);
    if (refusal !== undefined || one === undefined) return refusal ?? "NOT_FOUND";
    if (one.to === undefined) return "CONFLICT";
    if (!isOpen(one) && one.status !== "expired") return "GONE";
    const other = this.#openFor(one.to);
    if (this.members.has(one.to) || (other !== undefined && other !== one)) return "CONFLICT";
    if (this.seats + (isOpen(one) ? 0 : 1) > this.limit) return "MEMBER_LIMIT";
    Object.assign(one, { status: "created", inviter: actor, generation: one.generation + 1 });
    return "ok";
  }

  revoke(actor: string, index: number): string {
    const one = this.invitations[index];
    const refusal = this.#mayTouch(actor, one);
    if (refusal !== undefined || one === undefined) return refusal ?? "NOT_FOUND";
    if (one.status === "revoked") return "ok";
    if (!isOpen(one)) return "GONE";
    one.status = "revoked";
    return "ok";
  }

  accept(person: PersonName, index: number, generation: number): string {
    const one = this.invitations[index];
    if (one === undefined || one.generation !== generation) return "NOT_FOUND";
    const used = one.kind === "email" ? one.acceptedBy === person : one.users.has(person);
    if (used && this.members.has(person)) return "ok";
    if (!isOpen(one)) return "GONE";
    if (one.to !== undefined && one.to !== person) return "WRONG_ACCOUNT";
    if (this.#mayInvite(one.inviter, one.role) !== undefined) return "GONE";
    if (this.members.has(person)) return "CONFLICT";
    if (used) return "GONE";
    if (one.kind === "link" && this.seats >= this.limit) return "MEMBER_LIMIT";
    this.members.set(person, one.role);
    one.users.add(person);
    one.acceptedBy = person;
    if (one.kind === "email" || one.users.size === one.useLimit) one.status = "accepted";
    return "ok";
  }

  decline(index: number, generation: number): string {
    const one = this.invitations[index];
    if (one === undefined || one.generation !== generation) return "NOT_FOUND";
    if (one.kind === "link") return "CONFLICT";
    if (one.status === "declined") return "ok";
    if (!isOpen(one)) return "GONE";
    one.status = "declined";
    return "ok";
  }

  pass(index: number): void {
    const one = this.invitations[index];
    if (one !== undefined && isOpen(one)) one.status = "expired";
  }

  #add(one: Omit<ModelInvitation, "generation" | "users" | "acceptedBy">): void {
    this.invitations.push({ ...one, generation: 0, users: new Set(), acceptedBy: undefined });
  }

  #openFor(person: PersonName): ModelInvitation | undefined {
    return this.invitations.find((one) => one.to === person && isOpen(one));
  }

  /** Owners, admins and members invite, up to their own role; viewers do not; strangers find no organization. */
  #mayInvite(actor: string, role: Role): string | undefined {
    const mine = this.members.get(actor);
    if (mine === undefined) return "NOT_FOUND";
    return mine === "viewer" || !reaches(mine, role) ? "FORBIDDEN" : undefined;
  }

  #mayTouch(actor: string, one: ModelInvitation | undefined): string | undefined {
    const mine = this.members.get(actor);
    if (mine === undefined) return "NOT_FOUND";
    if (mine === "viewer") return "FORBIDDEN";
    if (one === undefined) return "NOT_FOUND";
    return reaches(mine, one.role) ? undefined : "FORBIDDEN";
  }
}

function isOpen({ status }: ModelInvitation): boolean {
  return status === "created" || status === "sent";
}
