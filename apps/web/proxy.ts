import { randomBytes } from "node:crypto";
import { getSessionCookie } from "better-auth/cookies";
import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy, picturePolicy } from "./security-headers";
import { pathHeader } from "./tenancy/path-header";

/**
 * Runs before each page. It spares people without a session cookie a page that would send them away, and tells pages
 * which address was asked for. It decides nothing: pages and actions check the session and the membership themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!isPublic(pathname) && getSessionCookie(request, { cookiePrefix: "rowhouse" }) === null) {
    const signIn = new URL("/sign-in", request.url);
    signIn.searchParams.set("next", `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  const policy = isPicture(pathname)
    ? picturePolicy
    : contentSecurityPolicy({ development: false, nonce: randomBytes(16).toString("base64") });
  const headers = new Headers(request.headers);
  headers.set(pathHeader, `${pathname}${search}`);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** An organization's logo. What is set here stands over what its route says, so it must be no weaker. */
function isPicture(pathname: string): boolean {
  return /^\/[^/]+\/logo$/.test(pathname);
}

const publicPages: ReadonlySet<string> = new Set([
  "/",
  "/sign-in",
  "/sign-up",
  "/forgot-password",
  "/reset-password",
  "/mailbox",
  "/api/docs",
]);

function isPublic(pathname: string): boolean {
  return publicPages.has(pathname) || /^\/(join|mailbox|api\/docs)\//.test(pathname);
}

// The API answers for itself; its documentation is a page like any other.
export const config = {
  matcher: ["/((?!api/|_next/|icon\\.svg|favicon\\.ico|robots\\.txt).*)", "/api/docs", "/api/docs/:path*"],
};
