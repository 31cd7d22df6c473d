import { Lock } from "lucide-react";
import { EmptyState } from "@/design/empty-state";
import { PageHeader } from "@/design/page-header";

/** Shown inside of an organization to a member whose role does not reach. They know it exists, so it is no 404. */
export function Forbidden() {
  return (
    <>
      <PageHeader title="Not allowed" />
      <EmptyState icon={Lock} title="Your role does not allow this">
        Ask an owner or admin of the organization for access.
      </EmptyState>
    </>
  );
}
