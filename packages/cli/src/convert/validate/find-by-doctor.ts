import { loadChecks } from "../../doctor/load-checks.ts";
import { runDoctor } from "../../doctor/run-doctor.ts";
import type { Finding } from "../../doctor/report.ts";
import { inspectionSettings } from "../../doctor/inspection.ts";
import type { Plan } from "../plan.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import type { Validation } from "./validation.ts";

/** Errors that `rowhouse doctor` finds. Changes settings of the transaction, so it comes last. */
export async function findByDoctor({ client, plan, runtimeRole }: Validation): Promise<ConversionFinding[]> {
  await client.query(inspectionSettings);
  const { findings } = await runDoctor(client, {
    checks: await loadChecks(),
    subject: {
      appRoles: [runtimeRole],
      tenantColumn: plan.column,
      organizationsTable: "rowhouse.organizations",
      contextSettings: ["rowhouse.organization_id"],
    },
    known: new Set(),
  });
  return findings
    .filter((finding) => finding.level === "error" && !isKnown(finding, plan))
    .map(({ check, object, detail }) => ({
      rule: "doctor",
      table: object,
      detail: `${check}: ${detail}`,
      count: 1,
      sample: [],
    }));
}

/** What the plan decided, what goes with the conversion's own schema at the end, and the server's age, which no conversion changes. */
function isKnown({ check, object, cacheKey }: Finding, { tables }: Plan): boolean {
  if (object === "server" || object.startsWith("rowhouse_convert.")) return true;
  // Where rows may be in no organization, those are the ones that a key does not look at; tenants neither see nor write them.
  if (check === "RH0503")
    return tables.some(
      ({ table, class: kind, unowned }) => table === object && (kind === "mixed" || unowned === "leave"),
    );
  if (check !== "RH0501" && check !== "RH0508") return false;
  const isMixed = (parent: string): boolean => tables.some((each) => each.table === parent && each.class === "mixed");
  const references = tables.find(({ table }) => table === object)?.references ?? [];
  // No key can hold a row to its own organization's rows and to everybody's.
  const open = references.filter(({ composite, parent }) => !composite || isMixed(parent));
  return open.some(({ constraint }) => constraint !== null && cacheKey.split("|").includes(constraint));
}
