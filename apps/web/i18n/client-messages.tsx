import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import type { Feature } from "@/messages";

/** What may stand on every page: the texts of the design kit and of the error pages, and the names of roles. */
const everywhere: readonly Feature[] = ["design", "errors", "roles"];

/**
 * Sends the texts of these features to the browser, for the client components below. Server components need none of it:
 * they read all texts where they are.
 */
export async function ClientMessages({
  features = [],
  children,
}: {
  features?: readonly Feature[];
  children: ReactNode;
}) {
  const wanted = new Set<string>([...everywhere, ...features]);
  const messages = Object.fromEntries(Object.entries(await getMessages()).filter(([feature]) => wanted.has(feature)));
  return <NextIntlClientProvider messages={messages}>{children}</NextIntlClientProvider>;
}
