export { createClient, type ApiClient, type ClientSettings } from "./create-client.ts";
export type { CallOptions, FileAnswer, InputOf, ItemOf, Operation, PageAnswer } from "./operation.ts";
