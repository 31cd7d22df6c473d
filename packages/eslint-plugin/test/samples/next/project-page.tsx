// as: app/[orgSlug]/projects/page.tsx
import { notFound } from "next/navigation";
import { cache } from "react";
import { prisma } from "./client";
import { getSession } from "./session";

const loadProject = cache(async (id: string) => prisma.project.findFirst({ where: { id } })); // expect: tenant-cache-key, no-id-alone

// expect-next: guarded-entry
export default async function ProjectPage({ searchParams }: { searchParams: Promise<{ id: string }> }) {
  const session = await getSession();
  const project = await loadProject((await searchParams).id);
  if (project?.organizationId !== session.activeOrganizationId) notFound(); // expect: no-active-organization
  return <h1>{project.name}</h1>;
}
