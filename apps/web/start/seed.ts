import { text } from "node:stream/consumers";
import { addMember, type NewMember } from "rowhouse";
import { identities } from "../identity/identities.ts";
import { signUp } from "../identity/sign-up.ts";
import { tenancy, type Tenant } from "../tenancy/tenancy.ts";
import { demoPeople } from "./demo.ts";
import { demoProjects, type DemoProject } from "./demo-projects.ts";

/**
 * Everything here goes through the same functions as a person's clicks. Each step is one transaction and is left out when
 * it is there already, so a seed that was killed is finished by running it again.
 */
async function seed(password: string): Promise<void> {
  const [ada, grace, mateo, yuki] = demoPeople;
  const northwind = await join(ada, password, "Northwind Studio");
  const contoso = await join(grace, password, "Contoso Robotics");
  const mateoOwn = await join(mateo, password, "Mateo Alvarez");
  const yukiOwn = await join(yuki, password, "Yuki Tanaka");
  await fill(northwind, demoProjects.studio, [
    { ...mateo, userId: mateoOwn.ownerId, role: "member" },
    { ...yuki, userId: yukiOwn.ownerId, role: "viewer" },
  ]);
  await fill(contoso, demoProjects.robotics, [{ ...ada, userId: northwind.ownerId, role: "admin" }]);
}

interface Joined {
  readonly slug: string;
  readonly ownerId: string;
}

async function join(
  { name, email }: { name: string; email: string },
  password: string,
  organization: string,
): Promise<Joined> {
  const joined = await findJoined(email);
  if (joined !== undefined) return joined;
  // No mail reaches a demo address, so none could confirm it.
  const options = { language: "en", emailVerified: true } as const;
  const { slug, ownerId } = await signUp({ name, email, password, organization }, options);
  return { slug, ownerId };
}

async function findJoined(email: string): Promise<Joined | undefined> {
  const user = await identities().selectFrom("auth.users").select("id").where("email", "=", email).executeTakeFirst();
  if (user === undefined) return undefined;
  const own = (await tenancy().listOrganizations(user.id)).find(({ role }) => role === "owner");
  return own && { slug: own.organization.slug, ownerId: user.id };
}

async function fill(
  { slug, ownerId }: Joined,
  projects: readonly DemoProject[],
  members: readonly NewMember[],
): Promise<void> {
  await tenancy().enter({ organization: slug, user: ownerId }, (tenant) =>
    tenant.transaction(async (within) => {
      if ((await within.db.selectFrom("projects").select("id").limit(1).executeTakeFirst()) !== undefined) return;
      for (const member of members) await addMember(within, member);
      for (const project of projects) await writeProject(within, project);
    }),
  );
}

async function writeProject(tenant: Tenant, { name, daysAgo, open, done }: DemoProject): Promise<void> {
  const createdAt = before(daysAgo);
  const { id } = await tenant.db
    .insertInto("projects")
    .values({ name, createdAt, updatedAt: createdAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  const openTasks = open.map((title, index) => ({
    projectId: id,
    title,
    completedAt: null,
    createdAt: before(daysAgo - index),
  }));
  const doneTasks = done.map(([title, completed]) => ({
    projectId: id,
    title,
    completedAt: before(completed),
    createdAt,
  }));
  if (open.length + done.length > 0)
    await tenant.db
      .insertInto("tasks")
      .values([...openTasks, ...doneTasks])
      .execute();
}

function before(days: number): Date {
  return new Date(Date.now() - Math.max(days, 0) * 86_400_000 - 3_600_000);
}

try {
  await seed((await text(process.stdin)).trim());
  await tenancy().close();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
