import { CompiledQuery, sql } from "kysely";
import type { Pool } from "../database/pool.ts";
import { enterOrganization } from "../operator/enter-organization.ts";
import { operate, type OperateOptions, type Operator } from "../operator/operate.ts";
import { auditStatement, type AuditEvent } from "../tenant/audit-event.ts";
import type { ControlPlane } from "../tenant/control-plane.ts";
import { recordOf } from "./domain.ts";
import { askForTxt, txtResolver, type TxtResolver } from "./resolve-txt.ts";

export interface ReverifyDomainsInput extends OperateOptions {
  readonly resolveTxt?: TxtResolver | undefined;
  /** How many domains in one go, the longest unseen first. Default 100. */
  readonly limit?: number | undefined;
}

export interface DomainOfOrganization {
  readonly organizationId: string;
  readonly domain: string;
}

export interface DomainReport {
  /** How many were looked at. Repeat until it is 0. */
  readonly checked: number;
  /** No name server answered: nothing is known, and nothing was changed. */
  readonly unreachable: number;
  /** Whose proof was found missing for the first time: their owners should hear of it. */
  readonly missing: readonly DomainOfOrganization[];
  /** Whose proof had been missing for seven days: nobody joins by them any more. */
  readonly lapsed: readonly DomainOfOrganization[];
}

interface DueDomain extends DomainOfOrganization {
  readonly id: string;
  readonly token: string;
  readonly method: "dns" | "email" | null;
  readonly isOld: boolean;
}

type Finding = "present" | "missing" | "unreachable";

const actor = { kind: "job", job: "reverify-domains" } as const;

/**
 * The nightly look at every verified domain. A TXT record has to stay; a proof by mail holds for a year. What is missing has
 * seven days of grace. It crosses tenants as the operator: once to read, once to write, with DNS in between and no
 * transaction open meanwhile.
 */
export async function reverifyDomains(pool: Pool, input: ReverifyDomainsInput): Promise<DomainReport> {
  const due = await operate<ControlPlane, DueDomain[]>(pool, input, (operator) =>
    findDue(operator, input.limit ?? 100),
  );
  if (due.length === 0) return { checked: 0, unreachable: 0, missing: [], lapsed: [] };
  const findings = await lookAtAll(due, input.resolveTxt ?? txtResolver());
  const changed = await operate<ControlPlane, Changed>(pool, input, (operator) =>
    writeFindings(operator, due, findings),
  );
  const unreachable = [...findings.values()].filter((finding) => finding === "unreachable").length;
  return { checked: due.length, unreachable, ...changed };
}

async function findDue({ acrossTenants }: Operator<ControlPlane>, limit: number): Promise<DueDomain[]> {
  return acrossTenants
    .selectFrom("rowhouse.domains")
    .select(["organizationId", "id", "domain", "token", "method"])
    .select(sql<boolean>`verified_at < now() - interval '358 days'`.as("isOld"))
    .where("status", "=", "verified")
    .where(sql<boolean>`coalesce(checked_at, '-infinity') < now() - interval '20 hours'`)
    .orderBy(sql`checked_at nulls first`)
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Ten at a time. */
async function lookAtAll(due: readonly DueDomain[], resolver: TxtResolver): Promise<ReadonlyMap<string, Finding>> {
  const findings = new Map<string, Finding>();
  const waiting = due.values();
  const look = async () => {
    for (const one of waiting) findings.set(one.id, await lookAt(one, resolver));
  };
  await Promise.all(Array.from({ length: 10 }, look));
  return findings;
}

async function lookAt(due: DueDomain, resolver: TxtResolver): Promise<Finding> {
  if (due.method === "email") return due.isOld ? "missing" : "present";
  const { name, value } = recordOf(due);
  const { records } = await askForTxt(resolver, name);
  if (records === undefined) return "unreachable";
  return records.some((text) => text.trim() === value) ? "present" : "missing";
}

type Changed = Pick<DomainReport, "missing" | "lapsed">;

async function writeFindings(
  operator: Operator<ControlPlane>,
  due: readonly DueDomain[],
  findings: ReadonlyMap<string, Finding>,
): Promise<Changed> {
  const db = operator.acrossTenants;
  const missing: DomainOfOrganization[] = [];
  const lapsed: DomainOfOrganization[] = [];
  // In one order, so that two nights at once do not wait for each other.
  for (const one of [...due].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const finding = findings.get(one.id) ?? "unreachable";
    const row = await writeFinding(operator, one, finding);
    if (row === undefined || finding !== "missing") continue;
    const { organizationId, domain } = one;
    if (row.status === "lapsed") lapsed.push({ organizationId, domain });
    else if (row.isNew) missing.push({ organizationId, domain });
    else continue;
    const event: AuditEvent = {
      action: row.status === "lapsed" ? "domain.lapsed" : "domain.proof-missing",
      target: { kind: "domain", id: one.id },
      after: { domain },
      reason: operator.reason,
    };
    await enterOrganization(db, organizationId);
    const { text, values } = auditStatement(event, { organizationId, actor, origin: {} });
    await db.executeQuery(CompiledQuery.raw(text, [...values]));
  }
  return { missing, lapsed };
}

/** `undefined` when the domain was removed or proven anew while DNS was asked. */
async function writeFinding(
  { acrossTenants }: Operator<ControlPlane>,
  { organizationId, id }: DueDomain,
  finding: Finding,
): Promise<{ readonly status: string; readonly isNew: boolean } | undefined> {
  const now = sql<Date>`now()`;
  const changes = {
    present: { failingSince: null },
    unreachable: {},
    missing: {
      failingSince: sql<Date>`coalesce(failing_since, now())`,
      status: sql<
        "verified" | "lapsed"
      >`case when failing_since < now() - interval '7 days' then 'lapsed' else 'verified' end`,
    },
  }[finding];
  return acrossTenants
    .updateTable("rowhouse.domains")
    .set({ checkedAt: now, ...changes })
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .where("status", "=", "verified")
    .where(sql<boolean>`coalesce(checked_at, '-infinity') < now() - interval '20 hours'`)
    .returning(["status", sql<boolean>`failing_since = now()`.as("isNew")])
    .executeTakeFirst();
}
