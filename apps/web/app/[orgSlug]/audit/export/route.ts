import { exportAudit } from "@/audit/export-audit";
import { organizationRoute } from "@/tenancy/routes";

export const dynamic = "force-dynamic";

export const GET = organizationRoute("audit:export", exportAudit);
