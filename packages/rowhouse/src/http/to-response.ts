import type { Reply } from "./call.ts";
import type { MountedEndpoint } from "./mount-endpoints.ts";

/** A reply as it goes out. `orgSlug` is the slug that the path named. */
export function toResponse(
  { body, file, location, setCookies = [], currentSlug, isReplay, response }: Reply,
  { endpoint, base, orgSlug = "" }: MountedEndpoint & { readonly orgSlug: string | undefined },
): Response {
  const place = base.replace("{orgSlug}", currentSlug ?? orgSlug);
  const headers = new Headers(response?.headers ?? file?.headers);
  if (isReplay === true) headers.set("idempotency-replayed", "true");
  if (location !== undefined) headers.set("location", `${place}${location}`);
  if (currentSlug !== undefined) {
    if (place !== base) headers.set("link", `<${place}>; rel="canonical"`);
    headers.set("x-organization", currentSlug);
  }
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  if (response !== undefined) return new Response(response.body, { status: response.status, headers });
  const { status } = endpoint;
  if (status === 204) return new Response(null, { status, headers });
  if (file === undefined) return Response.json(body, { status, headers });
  headers.set("content-type", file.mediaType);
  return new Response(file.content, { status, headers });
}
