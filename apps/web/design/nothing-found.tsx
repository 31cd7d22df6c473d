import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/design/button";
import { Card } from "@/design/card";
import { EmptyState } from "@/design/empty-state";

interface NothingFoundProps {
  title: string;
  /** The list without what narrows it. */
  href: string;
  linkLabel: string;
  children: ReactNode;
}

/** What stands where a search or a filter leaves nothing of a list, with the way back to all of it. */
export function NothingFound({ title, href, linkLabel, children }: NothingFoundProps) {
  return (
    <Card>
      <EmptyState icon={SearchX} title={title} action={<ButtonLink href={href}>{linkLabel}</ButtonLink>}>
        {children}
      </EmptyState>
    </Card>
  );
}
