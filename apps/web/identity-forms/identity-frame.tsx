import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/design/card";
import { PublicHeader } from "@/identity-forms/public-header";

interface IdentityFrameProps {
  title: string;
  description: string;
  below: ReactNode;
  children: ReactNode;
}

/** A page that holds one form and nothing else. */
export function IdentityFrame({ title, description, below, children }: IdentityFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <PublicHeader />
      <main className="mx-auto flex w-full max-w-[25rem] grow flex-col justify-center px-4 pt-4 pb-16">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1 text-muted">{description}</p>
        <Card className="mt-6 p-5 md:p-6">{children}</Card>
        <p className="mt-5 text-center text-muted">{below}</p>
      </main>
    </div>
  );
}

/** A link inside a sentence. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="font-medium text-accent underline underline-offset-2 hover:no-underline">
      {children}
    </Link>
  );
}
