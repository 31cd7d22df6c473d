import { exportAuditEvents, RowhouseError } from "rowhouse";
import { readTimeZone } from "@/organization-settings/product-settings";
import { streamText } from "@/tenancy/stream-text";
import type { Tenant } from "@/tenancy/tenancy";
import { auditFiltersOf } from "./audit-filters-of";
import { parseAuditView } from "./audit-view";

const mediaTypes = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/**
 * The log as a file, narrowed as the page it was asked for on.
 *
 * @throws RowhouseError INVALID_INPUT for another format than csv and json
 */
export async function exportAudit(
  tenant: Tenant,
  request: Request,
  answer: (response: Response) => void,
): Promise<void> {
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const { format } = parameters;
  if (format !== "csv" && format !== "json")
    throw new RowhouseError("INVALID_INPUT", "Ask for format=csv or format=json.", {
      fields: [{ field: "format", message: "Choose csv or json.", code: "NOT_A_CHOICE" }],
    });
  const filters = auditFiltersOf(parseAuditView(parameters), await readTimeZone(tenant));
  const day = new Date().toISOString().slice(0, 10);
  await streamText(exportAuditEvents(tenant, { format, filters }), (body) =>
    answer(
      new Response(body, {
        headers: {
          "content-type": mediaTypes[format],
          "content-disposition": `attachment; filename="${tenant.organization.slug}-audit-${day}.${format}"`,
          "cache-control": "no-store",
        },
      }),
    ),
  );
}
