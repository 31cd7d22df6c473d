/** Carries the address that was asked for from the proxy to pages. The proxy sets it over whatever the client sent. */
export const pathHeader = "x-rowhouse-path";
