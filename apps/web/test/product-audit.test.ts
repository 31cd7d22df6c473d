import { verifyAuditChain } from "rowhouse";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createProject, deleteProject, renameProject } from "@/projects/queries";
import { changeTask, createTask, deleteTask } from "@/tasks/queries";
import { tenancy, type Tenant } from "@/tenancy/tenancy";
import { openWeb, type Web } from "./fixture/open-web";
import { signUpPerson, type Person } from "./fixture/person";

let web: Web;
let ada: Person;

beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web[Symbol.asyncDispose]());
beforeEach(async () => {
  ada = await signUpPerson(web, "Acme");
});

describe("what is done to projects and tasks", () => {
  it("is in the log with what it was and what it is, who did it and from where", async () => {
    await enter(async (tenant) => {
      const project = await createProject(tenant, { name: "Website" });
      await renameProject(tenant, project.id, { name: "Relaunch" });
      const task = await createTask(tenant, project.id, { title: "Copy" });
      await changeTask(tenant, task.id, { title: "Text", completed: true });
      await deleteTask(tenant, task.id);
      await deleteProject(tenant, project.id);
    });
    const events = await eventsOf(ada);
    expect(events.map(({ action, before, after }) => [action, before, after])).toEqual([
      ["project.created", null, { name: "Website" }],
      ["project.renamed", { name: "Website" }, { name: "Relaunch" }],
      ["task.created", null, { title: "Copy", projectId: events[0]?.target_id }],
      ["task.changed", { title: "Copy", completed: false }, { title: "Text", completed: true }],
      ["task.deleted", { title: "Text", projectId: events[0]?.target_id }, null],
      ["project.deleted", { name: "Relaunch" }, null],
    ]);
    for (const { actor_id, ip, user_agent, request_id } of events)
      expect([actor_id, ip, user_agent, request_id]).toEqual([ada.userId, "192.0.2.7", "a browser", "request-1"]);
    expect(await enter((tenant) => verifyAuditChain(tenant))).toMatchObject({ ok: true });
  });

  it("leaves no event when nothing changes, and none when it is refused", async () => {
    await enter(async (tenant) => {
      const { id } = await createProject(tenant, { name: "Website" });
      await renameProject(tenant, id, { name: "Website" });
      const task = await createTask(tenant, id, { title: "Copy" });
      await changeTask(tenant, task.id, { title: "Copy", completed: false });
      await expect(renameProject(tenant, ada.userId, { name: "None" })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(deleteProject(tenant, ada.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(createTask(tenant, ada.userId, { title: "None" })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(changeTask(tenant, ada.userId, { title: "None" })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(deleteTask(tenant, ada.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
    expect((await eventsOf(ada)).map(({ action }) => action)).toEqual(["project.created", "task.created"]);
  });

  it("is undone with its event when the transaction around it fails", async () => {
    const failing = enter((tenant) =>
      tenant.transaction(async (within) => {
        await createProject(within, { name: "Website" });
        throw new TypeError("later");
      }),
    );
    await expect(failing).rejects.toThrow("later");
    expect(await eventsOf(ada)).toEqual([]);
  });

  it("is recorded once each when two complete the same task at once", async () => {
    const task = await enter(async (tenant) => {
      const { id } = await createProject(tenant, { name: "Website" });
      return createTask(tenant, id, { title: "Copy" });
    });
    const complete = () => enter((tenant) => changeTask(tenant, task.id, { completed: true }));
    await Promise.all([complete(), complete(), complete()]);
    const changes = (await eventsOf(ada)).filter(({ action }) => action === "task.changed");
    expect(changes).toHaveLength(1);
  });
});

async function enter<T>(work: (tenant: Tenant) => Promise<T>): Promise<T> {
  const origin = { ip: "192.0.2.7", userAgent: "a browser", requestId: "request-1" };
  return tenancy().enter({ organization: ada.slug, user: ada.userId, origin }, work);
}

interface Event {
  readonly action: string;
  readonly target_id: string;
  readonly actor_id: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly ip: string;
  readonly user_agent: string;
  readonly request_id: string;
}

async function eventsOf({ slug }: Person): Promise<Event[]> {
  const { rows } = await web.admin.query<Event>(
    `select e.* from rowhouse.audit_events e join rowhouse.organizations o on o.id = e.organization_id
     where o.slug = $1 and e.target_kind in ('project', 'task') order by e.sequence`,
    [slug],
  );
  return rows;
}
