import { expect, inject, it } from "vitest";
import { people } from "../../start/seed-organizations.ts";
import { openTrial, tryIsolation } from "../../start/try-example.ts";
import { GET as getProject } from "../app/organizations/[slug]/projects/[id]/route.ts";
import { GET, POST } from "../app/organizations/[slug]/projects/route.ts";
import { setProduct } from "../product.ts";

/** As Next would, without Next. */
async function send(path: string, init: RequestInit): Promise<Response> {
  const request = new Request(`http://localhost${path}`, init);
  const [, , slug = "", , id] = path.split("/");
  if (id !== undefined) return getProject(request, { params: Promise.resolve({ slug, id }) });
  return (request.method === "POST" ? POST : GET)(request, { params: Promise.resolve({ slug }) });
}

it("Next with Prisma lists, creates, and shows nothing of another organization", async () => {
  await using trial = await openTrial(inject("postgresUrl"));
  setProduct(trial);
  await tryIsolation(send, trial.sessions);

  const [{ user }] = people;
  const headers = { cookie: trial.sessions.cookieFor(user) };
  const list = (await (await send("/organizations/acme/projects", { headers })).json()) as { id: string }[];
  const project: unknown = await (await send(`/organizations/acme/projects/${list[1]?.id}`, { headers })).json();
  expect(project).toMatchObject({
    tasks: [{ title: "Say what it is for" }],
    organization: { slug: "acme", members: [{ userId: user, role: "owner" }], apiKeys: [] },
  });
});
