/** Providers that the list does not name. */
const more: ReadonlySet<string> = new Set([
  ...["hey.com", "mailbox.org", "tuta.com", "tuta.io", "tutamail.com", "tutanota.com", "tutanota.de", "keemail.me"],
  ...[
    "posteo.net",
    "posteo.de",
    "disroot.org",
    "riseup.net",
    "runbox.com",
    "startmail.com",
    "skiff.com",
    "mailfence.com",
  ],
  ...[
    "proton.me",
    "protonmail.ch",
    "pm.me",
    "simplelogin.com",
    "anonaddy.com",
    "addy.io",
    "relay.firefox.com",
    "duck.com",
  ],
  ...["privaterelay.appleid.com", "icloud.com", "fastmail.fm", "hushmail.com", "cock.li", "migadu.com"],
]);

/**
 * True for a domain at which strangers get mailboxes, `admin@` among them, and for whatever is below one. Providers whose
 * names are not listed are why a proof by mail can be refused altogether: DNS proves more.
 */
export async function isPublicMailDomain(domain: string): Promise<boolean> {
  const listed = await readList();
  const labels = domain.split(".");
  return labels.some((_label, index) => {
    const parent = labels.slice(index).join(".");
    return more.has(parent) || listed.has(parent);
  });
}

let list: ReadonlySet<string> | undefined;

/** Read when it is needed, once: 14,000 names. */
async function readList(): Promise<ReadonlySet<string>> {
  if (list === undefined) {
    const { default: domains } = await import("free-email-domains");
    list = new Set(domains);
  }
  return list;
}
