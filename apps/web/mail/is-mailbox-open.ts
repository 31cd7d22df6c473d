import { webSettings } from "@/settings";
import { isLoopback } from "./is-loopback";

/**
 * Whether this request may see the mailbox, which shows links that open accounts. No mail goes out, the server is reached on
 * the machine itself (the settings say so), and this request comes from there: not by way of a proxy or a tunnel, and not
 * from a page of others whose name was made to point here. What is not known counts as from elsewhere.
 */
export function isMailboxOpen(headers: Headers): boolean {
  if (webSettings().mail?.kind !== "mailbox" || headers.has("forwarded")) return false;
  const hosts = ["host", "x-forwarded-host"].flatMap((name) => headers.get(name) ?? []);
  // Next writes the other end of the connection into this, when no proxy has.
  const senders = headers.get("x-forwarded-for")?.split(",") ?? [""];
  return (
    headers.has("host") && hosts.map(withoutPort).every(isLoopback) && senders.every((one) => isLoopback(one.trim()))
  );
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
