import { answerUnknownRoute, answerWrongMethod } from "./problem-answer.ts";

/** An address that exists under another method says which; OPTIONS asks just that. */
export function answerUnrouted(
  request: Request,
  routes: readonly { readonly method: string; readonly path: string }[],
): Response {
  const { pathname } = new URL(request.url);
  const methods = routes.filter(({ path }) => isAt(pathname, path)).map(({ method }) => method.toUpperCase());
  if (methods.length === 0) return answerUnknownRoute();
  const allowed = [...new Set([...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"])].sort();
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow: allowed.join(", ") } });
  return answerWrongMethod(allowed);
}

function isAt(pathname: string, path: string): boolean {
  const [given, wanted] = [pathname.split("/"), path.split("/")];
  return (
    given.length === wanted.length &&
    wanted.every((segment, index) => (segment.startsWith("{") ? given[index] !== "" : segment === given[index]))
  );
}
