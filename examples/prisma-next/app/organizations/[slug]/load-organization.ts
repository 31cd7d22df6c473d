import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { isRowhouseError } from "rowhouse";
import { inOrganization } from "../../../in-organization.ts";

/** All that the page shows, by one call of Prisma's; once a request, however often it is asked for. */
export const loadOrganization = cache(async (slug: string) => {
  const entry = { slug, permission: "projects:read", cookies: (await cookies()).toString() } as const;
  return inOrganization(entry, (prisma) =>
    // The client sees one organization, so there is nothing to choose by.
    prisma.organization.findFirstOrThrow({
      include: {
        projects: { include: { tasks: true }, orderBy: { createdAt: "asc" } },
        members: true,
        apiKeys: true,
      },
    }),
  ).catch((error: unknown) => {
    if (isRowhouseError(error, "UNAUTHENTICATED")) redirect("/");
    if (isRowhouseError(error, "NOT_FOUND")) notFound();
    throw error;
  });
});
