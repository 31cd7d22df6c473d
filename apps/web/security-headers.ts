interface PolicyOptions {
  development: boolean;
  /** A fresh random value for each request; without it inline scripts are allowed, as Next streams its data through them. */
  nonce?: string | undefined;
}

/** The Content-Security-Policy as one header value. Pass a nonce wherever a request is at hand. */
export function contentSecurityPolicy({ development, nonce }: PolicyOptions): string {
  const scripts = nonce === undefined ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' 'strict-dynamic'`;
  return [
    "default-src 'self'",
    // React rebuilds server stacks with eval, in development only.
    `script-src ${scripts}${development ? " 'unsafe-eval'" : ""}`,
    // Radix's scroll lock adds a <style> element while a dialog is open; style cannot run code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** For a picture that somebody uploaded: opened by itself it loads nothing and runs nothing. */
export const picturePolicy = "default-src 'none'; sandbox";

/** Headers of every answer. The policy is left out when the proxy sends its own, with a nonce. */
export function securityHeaders(options: PolicyOptions): { key: string; value: string }[] {
  return [
    { key: "Content-Security-Policy", value: contentSecurityPolicy(options) },
    { key: "X-Content-Type-Options", value: "nosniff" },
    { key: "X-Frame-Options", value: "DENY" },
    // Never a path, also not to ourselves: that of an invitation holds its token. (no-referrer would take the Origin from
    // forms that are sent without scripts, and Next refuses those.)
    { key: "Referrer-Policy", value: "strict-origin" },
    { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
    {
      key: "Permissions-Policy",
      value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    },
  ];
}
