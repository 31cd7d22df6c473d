import { z } from "zod";
import { tenancy } from "@/tenancy/tenancy";
import type { Endpoint } from "rowhouse/http";
import { publicEndpoint } from "./endpoint";

const nobody = "00000000-0000-0000-0000-000000000000";

const health = publicEndpoint(
  {
    method: "get",
    path: "/health",
    summary: "The process answers; the database is not asked",
    status: 200,
    answer: z.object({ status: z.literal("ok") }),
    isCounted: false,
  },
  async () => ({ body: { status: "ok" } }),
);

const ready = publicEndpoint(
  {
    method: "get",
    path: "/ready",
    summary: "The database answers and keeps tenants apart",
    status: 200,
    answer: z.object({ status: z.literal("ready") }),
    isCounted: false,
    refusals: [503],
  },
  async () => {
    // The guard remembers that it was satisfied; reading a list that is empty shows that the database answers now.
    await tenancy().listOrganizations(nobody);
    return { body: { status: "ready" } };
  },
);

/** For whoever watches over the process. */
export const healthEndpoints: readonly Endpoint[] = [health, ready];
