/** True for `co.uk` and `github.io`: names under which anybody can have one. By the Public Suffix List. */
export async function isPublicSuffix(domain: string): Promise<boolean> {
  // read when it is needed: the list is large, and adding a domain is rare
  const { getPublicSuffix } = await import("tldts");
  return getPublicSuffix(domain, { allowPrivateDomains: true }) === domain;
}
