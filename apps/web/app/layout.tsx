import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, themeCookie } from "@/design/theme";
import { ToastProvider } from "@/design/toast";
import { ClientMessages } from "@/i18n/client-messages";
import { DirectionProvider } from "@/i18n/direction-provider";
import { directionOf } from "@/i18n/language";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("landing");
  return { title: { default: "Rowhouse", template: "%s · Rowhouse" }, description: t("description") };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f7" },
    { media: "(prefers-color-scheme: dark)", color: "#131412" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const language = await getLocale();
  const direction = directionOf(language);
  return (
    // Hydration finds the attribute changed when the person has chosen a theme in the meantime.
    <html lang={language} dir={direction} data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <ClientMessages>
          <DirectionProvider direction={direction}>
            <ToastProvider>{children}</ToastProvider>
          </DirectionProvider>
        </ClientMessages>
      </body>
    </html>
  );
}
