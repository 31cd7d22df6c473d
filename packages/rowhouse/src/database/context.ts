/** What row security reads: one organization and one user, or empty strings for none. Transaction-local, always. */
export interface Context {
  readonly organizationId: string;
  readonly userId: string;
}

export const noContext: Context = Object.freeze({ organizationId: "", userId: "" });
