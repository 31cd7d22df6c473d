import { Building2, DatabaseZap, UserCheck } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/design/button";
import { Logo } from "@/design/logo";
import { ThemeToggle } from "@/design/theme-toggle";
import { LanguageMenu } from "@/i18n/language-menu";
import { ProductPreview } from "@/landing/product-preview";

/** What a stranger sees first: what this is, and the two ways in. */
export function LandingPage() {
  const t = useTranslations("landing");
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex w-full max-w-6xl items-center gap-1 px-4 py-4 sm:gap-2 md:px-8">
        <span className="me-auto flex items-center gap-2 text-lg font-semibold">
          <Logo />
          Rowhouse
        </span>
        <LanguageMenu />
        <ThemeToggle />
        <ButtonLink href="/sign-in" variant="ghost">
          {t("signIn")}
        </ButtonLink>
        <ButtonLink href="/sign-up" variant="primary" className="max-sm:hidden">
          {t("signUp")}
        </ButtonLink>
      </header>
      <main className="mx-auto w-full max-w-6xl grow px-4 pb-20 md:px-8">
        <div className="mx-auto max-w-2xl pt-12 pb-12 text-center md:pt-20 md:pb-14">
          <h1 className="text-3xl font-semibold tracking-tight">{t("headline")}</h1>
          <p className="mt-4 text-lg text-muted">{t("promise")}</p>
          <div className="mt-7 flex flex-wrap justify-center gap-3">
            <ButtonLink href="/sign-up" variant="primary">
              {t("create")}
            </ButtonLink>
            <ButtonLink href="/sign-in">{t("signIn")}</ButtonLink>
          </div>
        </div>
        <ProductPreview />
        <ul className="mt-16 grid gap-10 md:grid-cols-3 md:gap-8">
          {reasons.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <Icon aria-hidden className="size-5 text-accent" />
              <h2 className="mt-3 text-lg font-semibold">{t(title)}</h2>
              <p className="mt-1 text-muted">{t(text)}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-sm text-muted md:px-8">
          <p>{t("footer")}</p>
          <Link href="/api/docs" className="rounded underline hover:text-ink">
            {t("apiDocs")}
          </Link>
        </div>
      </footer>
    </div>
  );
}

const reasons = [
  { icon: DatabaseZap, title: "wallsTitle", text: "wallsText" },
  { icon: Building2, title: "addressTitle", text: "addressText" },
  { icon: UserCheck, title: "rolesTitle", text: "rolesText" },
] as const;
