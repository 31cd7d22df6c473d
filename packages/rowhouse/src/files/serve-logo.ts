import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { FileStore } from "./file-store.ts";
import { filesOf } from "./files-of.ts";

/**
 * Short text that changes with the logo, for its address: `/acme/logo?v=…` may be kept for ever, while the plain address is
 * asked for again each time.
 */
export function logoVersion(logoKey: string): string {
  return logoKey.slice(logoKey.lastIndexOf("/") + 1).replace(/\.webp$/, "");
}

/**
 * Answers a request for the organization's logo; any member may see it. The content is always WebP that this library made, and
 * says so: a browser neither guesses its type nor runs anything in it.
 *
 * @throws RowhouseError NOT_FOUND without a logo, FILES_UNREACHABLE
 */
export async function serveLogo<DB, P extends string>(
  tenant: Tenant<DB, P>,
  store: FileStore,
  request: Request,
): Promise<Response> {
  const { logoKey } = await controlPlaneOf(tenant)
    .selectFrom("rowhouse.organizations")
    .select("logoKey")
    .executeTakeFirstOrThrow();
  if (logoKey === null) throw noLogo();
  const version = logoVersion(logoKey);
  const headers = headersOf(version, new URL(request.url).searchParams.get("v") === version);
  if (request.headers.get("if-none-match")?.includes(`"${version}"`) === true)
    return new Response(null, { status: 304, headers });
  const bytes = await filesOf(tenant, store).get(logoKey);
  if (bytes === undefined) throw noLogo();
  return new Response(bytes, { headers: { ...headers, "content-type": "image/webp" } });
}

function headersOf(version: string, isVersioned: boolean): Record<string, string> {
  return {
    etag: `"${version}"`,
    "cache-control": isVersioned ? "private, max-age=31536000, immutable" : "private, no-cache",
    "content-disposition": 'inline; filename="logo.webp"',
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  };
}

function noLogo(): RowhouseError {
  return new RowhouseError("NOT_FOUND", "The organization has no logo.");
}
