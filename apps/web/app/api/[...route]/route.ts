import { createApi } from "@/api/api";

let api: ReturnType<typeof createApi> | undefined;

/** Made with the first request, not while building: it needs the settings of the process that serves. */
function answer(request: Request): Response | Promise<Response> {
  return (api ??= createApi()).fetch(request);
}

export const dynamic = "force-dynamic";

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
