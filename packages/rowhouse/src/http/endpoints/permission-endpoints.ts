import { z } from "zod";
import { permissionMatrix } from "../../access/permission-matrix.ts";
import { roles } from "../../access/roles.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";

const read = organizationEndpoint(
  {
    method: "get",
    path: "/permissions",
    summary: "The table of permissions by role, and those of the caller",
    permission: "organization:read",
    status: 200,
    answer: z.object({
      items: z.array(
        z.object({ resource: z.string(), action: z.string(), roles: z.record(z.enum(roles), z.boolean()) }),
      ),
      own: z.array(z.string()),
    }),
  },
  async (tenant, { api }) => ({
    body: { items: permissionMatrix(api.tenancy.permissions), own: tenant.permissions() },
  }),
);

/** Who may do what. */
export const permissionEndpoints: readonly Endpoint[] = [read];
