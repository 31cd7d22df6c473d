import type { Endpoint } from "./endpoint";
import { healthEndpoints } from "./health-endpoints";
import { identityEndpoints } from "./identity-endpoints";
import { organizationEndpoints } from "./organization-endpoints";
import { projectEndpoints } from "./project-endpoints";
import { taskEndpoints } from "./task-endpoints";

/** An endpoint at one of its paths. `mount` is what the locations in its answers begin with. */
export interface MountedEndpoint {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly mount: string;
}

const organizationMount = "/api/organizations/{orgSlug}";

/** The whole API. What belongs to an organization is there twice: below its slug, and for the X-Organization header. */
export function mountEndpoints(): MountedEndpoint[] {
  const endpoints = [healthEndpoints, identityEndpoints, organizationEndpoints, projectEndpoints, taskEndpoints].flat();
  return endpoints.flatMap((endpoint) => {
    const below = { endpoint, path: `/api${endpoint.path || "/organization"}`, mount: "/api" };
    if (endpoint.access !== "organization") return [below];
    return [{ endpoint, path: `${organizationMount}${endpoint.path}`, mount: organizationMount }, below];
  });
}
