/** The page of an invitation. */
export function joinPath(token: string): string {
  return `/join/${encodeURIComponent(token)}`;
}
