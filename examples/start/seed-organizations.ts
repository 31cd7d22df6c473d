import type { ExampleTenancy } from "./example-tenancy.ts";
import type { Sessions } from "./sessions.ts";

/** Two people, each with an organization of their own. */
export const people = [
  { name: "Acme", user: "0190a000-0000-7000-8000-00000000000a" },
  { name: "Globex", user: "0190a000-0000-7000-8000-00000000000b" },
] as const;

/** Makes what is not there yet. */
export async function seedOrganizations(tenancy: ExampleTenancy): Promise<void> {
  for (const { name, user } of people) {
    if ((await tenancy.listOrganizations(user)).length > 0) continue;
    const organization = await tenancy.createOrganization({ name, user });
    await tenancy.enter({ organization: organization.slug, user }, async (tenant) => {
      const project = { name: `${name}'s first project` };
      await tenant.db.insertInto("projects").values(project).execute();
    });
  }
}

/** What to type to try an example out. */
export function describeTrial(url: string, sessions: Sessions): string {
  const trials = people.map(({ name, user }) => {
    const address = `${url}/organizations/${name.toLowerCase()}/projects`;
    return `curl --cookie '${sessions.cookieFor(user)}' ${address}`;
  });
  return [`Listening at ${url}. Each may see its own organization and not the other's:`, ...trials, ""].join("\n");
}
