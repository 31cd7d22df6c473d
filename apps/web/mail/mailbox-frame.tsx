import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/design/logo";
import { PageHeader } from "@/design/page-header";
import { ThemeToggle } from "@/design/theme-toggle";
import { LanguageMenu } from "@/i18n/language-menu";

interface MailboxFrameProps {
  title: string;
  description?: ReactNode;
  above?: ReactNode;
  children: ReactNode;
}

/** The frame of the mailbox, which belongs to no organization and to nobody. */
export function MailboxFrame({ title, description, above, children }: MailboxFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
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
      <main className="mx-auto w-full max-w-4xl grow px-4 pt-4 pb-16 md:px-8">
        <PageHeader title={title} description={description} above={above} />
        {children}
      </main>
    </div>
  );
}
