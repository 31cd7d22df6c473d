import type { Metadata } from "next";
import Link from "next/link";
import { loadOrganization } from "./load-organization.ts";
import { NewProject } from "./new-project.tsx";

interface Props {
  readonly params: Promise<{ readonly slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadOrganization((await params).slug)).name };
}

export default async function OrganizationPage({ params }: Props) {
  const { slug } = await params;
  const { name, projects, members, apiKeys } = await loadOrganization(slug);
  return (
    <main>
      <Link href="/">All organizations</Link>
      <h1>{name}</h1>
      <h2>Projects</h2>
      <ul>
        {projects.map((project) => (
          <li key={project.id} className="card">
            <strong>{project.name}</strong>
            <ul className="muted">
              {project.tasks.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <NewProject slug={slug} />
      <h2>Members</h2>
      <ul>
        {members.map(({ userId, role }) => (
          <li key={userId} className="row">
            <span>{userId}</span>
            <span className="muted">{role}</span>
          </li>
        ))}
      </ul>
      <h2>API keys</h2>
      <p className="muted">{apiKeys.length === 0 ? "None yet." : apiKeys.map((key) => key.name).join(", ")}</p>
    </main>
  );
}
