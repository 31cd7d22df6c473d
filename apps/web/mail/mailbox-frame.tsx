import type { ReactNode } from "react";
import { PageHeader } from "@/design/page-header";
import { PublicHeader } from "@/identity-forms/public-header";

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
      <PublicHeader />
      <main className="mx-auto w-full max-w-4xl grow px-4 pt-4 pb-16 md:px-8">
        <PageHeader title={title} description={description} above={above} />
        {children}
      </main>
    </div>
  );
}
