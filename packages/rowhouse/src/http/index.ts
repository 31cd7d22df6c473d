export { isServerFault, problemResponse, toProblem, type Problem } from "./problem.ts";
export { createApi, listEndpoints } from "./create-api.ts";
export { type ApiHooks, type RoleChange } from "./api-parts.ts";
export type { ApiOptions } from "./api-options.ts";
export { endpointsFor, type EndpointBuilders, type Input } from "./endpoint.ts";
export type { Call, Endpoint, Reply } from "./call.ts";
export { type MountedEndpoint } from "./mount-endpoints.ts";
export {
  parseApiDocument,
  type ApiContent,
  type ApiDocument,
  type ApiOperation,
  type ApiParameter,
} from "./api-document.ts";
export type { JsonSchema } from "./api-document.ts";
export { renderApiTypes } from "./render-api-types.ts";
export { problemShape } from "./describe-endpoint.ts";
export { listQuery, pageOf } from "./list-query.ts";
export { parseInput } from "./parse-input.ts";
export { organizationAnswer, organizationWithRole } from "./endpoints/organization-endpoints.ts";
export { assertOwnOrigin } from "./own-origin.ts";
export { usualRateLimits } from "./count-attempts.ts";
export type { ApiRateLimits } from "./api-parts.ts";
