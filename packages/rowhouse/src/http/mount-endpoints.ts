import type { Endpoint } from "./call.ts";

/** An endpoint at one of its paths. `base` is what the locations in its answers begin with. */
export interface MountedEndpoint {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly base: string;
}

/** Each endpoint at its paths. What belongs to an organization has two: below its slug, and for the X-Organization header. */
export function mountEndpoints(endpoints: readonly Endpoint[], mount: string): MountedEndpoint[] {
  const organizationBase = `${mount}/organizations/{orgSlug}`;
  return endpoints.flatMap((endpoint) => {
    const below = { endpoint, path: `${mount}${endpoint.path || "/organization"}`, base: mount };
    if (endpoint.access !== "organization") return [below];
    return [{ endpoint, path: `${organizationBase}${endpoint.path}`, base: organizationBase }, below];
  });
}
