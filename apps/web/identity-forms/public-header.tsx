import Link from "next/link";
import { Logo } from "@/design/logo";
import { ThemeToggle } from "@/design/theme-toggle";
import { LanguageMenu } from "@/i18n/language-menu";

/** What stands above a page that belongs to no organization. */
export function PublicHeader() {
  return (
    <header className="flex items-center justify-between p-4 md:px-6">
      <Link href="/" className="flex min-h-8 items-center gap-2 rounded-lg font-semibold">
        <Logo />
        Rowhouse
      </Link>
      <span className="flex">
        <LanguageMenu />
        <ThemeToggle />
      </span>
    </header>
  );
}
