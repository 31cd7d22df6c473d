/**
 * Where an application tells its permissions, once, so that a name that is none of them is a type error:
 *
 * ```ts
 * declare module "rowhouse/react" {
 *   interface Register {
 *     permission: PermissionOf<typeof permissions>;
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- applications add to it
export interface Register {}

/** The application's permissions; any text as long as it has not told them. */
export type AppPermission = Register extends { permission: infer Permission extends string } ? Permission : string;
