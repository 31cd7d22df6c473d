import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, themeCookie } from "@/design/theme";
import { ToastProvider } from "@/design/toast";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Rowhouse", template: "%s · Rowhouse" },
  description: "Projects and tasks for many organizations, each behind its own wall.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f7" },
    { media: "(prefers-color-scheme: dark)", color: "#131412" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    // Hydration finds the attribute changed when the person has chosen a theme in the meantime.
    <html lang="en" dir="ltr" data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <ToastProvider>{children}</ToastProvider>
      </body>
    </html>
  );
}
