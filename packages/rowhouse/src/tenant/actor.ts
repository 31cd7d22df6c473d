/** Who acts in a tenant scope. */
export interface Actor {
  readonly kind: "user";
  readonly userId: string;
}
