import type { Locator } from "../settings.ts";

export interface LocateOptions {
  readonly locate: readonly Locator[];
  readonly baseDomain: string | undefined;
  /** Segments of the path before the slug, such as `api/organizations`. */
  readonly pathPrefix?: string | undefined;
}

/** What is known of the organization from who sends the request. */
export interface LocatedCaller {
  /** The one last open in a session. */
  readonly activeOrganization?: string | undefined;
  /** The only one that an API key or a token is good in. */
  readonly ownOrganization?: string | undefined;
}

/** The header that names an organization, for clients that cannot put it in the path. */
export const organizationHeader = "x-organization";

/**
 * What a request says its organization is: the first place that names one wins. Only a claim: it means nothing until it
 * was joined to the caller's membership.
 */
export function locateOrganization(
  request: Request,
  caller: LocatedCaller,
  options: LocateOptions,
): string | undefined {
  const url = new URL(request.url);
  for (const locator of options.locate) {
    const found = locatorFunctions[locator]({ request, url, caller, options });
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

interface Place {
  readonly request: Request;
  readonly url: URL;
  readonly caller: LocatedCaller;
  readonly options: LocateOptions;
}

const locatorFunctions: Readonly<Record<Locator, (place: Place) => string | undefined>> = {
  path: ({ url, options }) => fromPath(url, options.pathPrefix ?? ""),
  subdomain: ({ url, options }) => fromSubdomain(url, options.baseDomain),
  header: ({ request }) => request.headers.get(organizationHeader) ?? undefined,
  "api-key": ({ caller }) => caller.ownOrganization,
  session: ({ caller }) => caller.activeOrganization,
};

function fromPath(url: URL, prefix: string): string | undefined {
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  const before = prefix.split("/").filter((segment) => segment !== "");
  return before.every((segment, index) => segments[index] === segment) ? segments[before.length] : undefined;
}

function fromSubdomain(url: URL, baseDomain: string | undefined): string | undefined {
  const host = url.hostname.toLowerCase();
  if (baseDomain === undefined || !host.endsWith(`.${baseDomain}`)) return undefined;
  const label = host.slice(0, -baseDomain.length - 1);
  return label.includes(".") ? undefined : label;
}
