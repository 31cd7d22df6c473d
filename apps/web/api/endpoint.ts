import { endpointsFor } from "rowhouse/http";
import type { Database } from "@/tenancy/database";
import type { Permission } from "@/tenancy/permissions";

/** The library's builders, bound to this product's tables and permissions. */
export const { publicEndpoint, userEndpoint, organizationEndpoint } = endpointsFor<Database, Permission>();
