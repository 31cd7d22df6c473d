import { validate as isUuid } from "uuid";
import { RowhouseError, type FieldErrorCode } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";

export type DomainStatus = "pending" | "verified" | "lapsed";

/** What somebody with a verified address at the domain may do: nothing, ask to join, or join. */
export type DomainMode = "off" | "ask" | "auto";

/** A domain that an organization says is its own. Only while it is `verified` does its mode count. */
export interface Domain {
  readonly id: string;
  /** As DNS has it: lower case, `xn--…` for other scripts. */
  readonly domain: string;
  readonly status: DomainStatus;
  readonly mode: DomainMode;
  /** What people who come by this domain become. */
  readonly joinRole: "member" | "viewer";
  /** How it was proven last. */
  readonly method: "dns" | "email" | null;
  /** The DNS record that proves it. It stays: it is looked up again every night. */
  readonly record: DomainRecord;
  /** To which mailbox a proof by mail is on its way, and until when it holds. */
  readonly mail: { readonly address: string; readonly expiresAt: Date } | null;
  readonly verifiedAt: Date | null;
  readonly checkedAt: Date | null;
  /** Since when the proof has been missing. Seven days later the domain lapses. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export interface DomainRecord {
  readonly type: "TXT";
  readonly name: string;
  readonly value: string;
}

/** Leaves room for the record's own label in front of the domain. */
export const longestDomain = 253 - "_rowhouse.".length;

/** Columns of {@link Domain} in `rowhouse.domains as t`. */
export const domainColumns = [
  "t.id",
  "t.domain",
  "t.status",
  "t.mode",
  "t.joinRole",
  "t.method",
  "t.token",
  "t.mailAddress",
  "t.mailExpiresAt",
  "t.verifiedAt",
  "t.checkedAt",
  "t.failingSince",
  "t.createdAt",
] as const;

export interface DomainRow extends Omit<Domain, "record" | "mail"> {
  readonly token: string;
  readonly mailAddress: string | null;
  readonly mailExpiresAt: Date | null;
}

export function toDomain(row: DomainRow): Domain {
  const { id, domain, status, mode, joinRole, method, verifiedAt, checkedAt, failingSince, createdAt } = row;
  const { mailAddress, mailExpiresAt } = row;
  const mail =
    mailAddress === null || mailExpiresAt === null ? null : { address: mailAddress, expiresAt: mailExpiresAt };
  const record = recordOf(row);
  return { id, domain, status, mode, joinRole, method, record, mail, verifiedAt, checkedAt, failingSince, createdAt };
}

export function recordOf({ domain, token }: { readonly domain: string; readonly token: string }): DomainRecord {
  return { type: "TXT", name: `_rowhouse.${domain}`, value: `rowhouse-domain=${token}` };
}

/** @throws RowhouseError NOT_FOUND */
export async function readDomain<DB, P extends string>(
  tenant: Tenant<DB, P>,
  id: unknown,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<DomainRow> {
  if (typeof id !== "string" || !isUuid(id)) throw domainNotFound();
  const query = controlPlaneOf(tenant).selectFrom("rowhouse.domains as t").select(domainColumns).where("t.id", "=", id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw domainNotFound();
  return row;
}

export function domainNotFound(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "There is no such domain in the organization.");
}

export function invalidDomain(field: string, message: string, code: FieldErrorCode): RowhouseError {
  return new RowhouseError("INVALID_INPUT", message, { fields: [{ field, message, code }] });
}
