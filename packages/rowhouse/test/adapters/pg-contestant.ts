import { openClient, type TenantClient } from "../../src/adapters/pg.ts";
import type { Contestant, Handle } from "./contestant.ts";

export const pgContestant: Contestant = {
  name: "pg",
  fixedCode: "ROW_SECURITY",
  commitsByText: true,
  open: (tenant) => handleOf(openClient(tenant), tenant.organization.id),
};

function handleOf(client: TenantClient, own: string): Handle {
  const rowsOf = async <R>(text: string, values: readonly unknown[] = []): Promise<R[]> =>
    (await client.query<R>(text, values)).rows;
  const countOf = async (text: string, values: readonly unknown[]): Promise<number> =>
    (await client.query(text, values)).rowCount ?? 0;
  return {
    names: async () =>
      (await rowsOf<{ name: string }>("select name from projects order by name")).map(({ name }) => name),
    find: async (id) => (await rowsOf<{ name: string }>("select name from projects where id = $1", [id]))[0]?.name,
    create: async (name, organizationId = own) => {
      const text =
        'insert into projects (organization_id, name) values ($1, $2) returning id, organization_id as "organizationId"';
      const [row] = await rowsOf<{ id: string; organizationId: string }>(text, [organizationId, name]);
      if (row === undefined) throw new Error("no row");
      return row;
    },
    createTask: async (projectId, title) => {
      const text = "insert into tasks (organization_id, project_id, title) values ($1, $2, $3)";
      await client.query(text, [own, projectId, title]);
    },
    rename: (id, name) => countOf("update projects set name = $2 where id = $1", [id, name]),
    move: (id, organizationId) =>
      client.query("update projects set organization_id = $2 where id = $1", [id, organizationId]),
    remove: (id) => countOf("delete from projects where id = $1", [id]),
    presets: async () =>
      (await rowsOf<{ name: string }>("select name from presets order by name")).map(({ name }) => name),
    countPresets: async () => Number((await rowsOf<{ n: string }>("select count(*) as n from presets"))[0]?.n),
    createPreset: async (name) => {
      const text =
        'insert into presets (organization_id, name) values ($1, $2) returning id, organization_id as "organizationId"';
      const [row] = await rowsOf<{ id: string; organizationId: string | null }>(text, [own, name]);
      if (row === undefined) throw new Error("no row");
      return row;
    },
    renamePreset: (id, name) => countOf("update presets set name = $2 where id = $1", [id, name]),
    removePreset: (id) => countOf("delete from presets where id = $1", [id]),
    putPreset: (id, name) =>
      client.query(
        "insert into presets (organization_id, id, name) values ($1, $2, $3) on conflict (id) do update set name = excluded.name",
        [own, id, name],
      ),
    usePreset: (id) => client.query("update tasks set preset_id = $1", [id]),
    tasksWithPresets: () =>
      rowsOf(
        "select t.title, p.name as preset from tasks t left join presets p on p.id = t.preset_id order by t.title",
      ),
    presetsWithTasks: () =>
      rowsOf(
        "select p.name, array_remove(array_agg(t.title), null) as tasks from presets p left join tasks t on t.preset_id = p.id group by p.name order by p.name",
      ),
    raw: (text, values) => rowsOf(text, values),
    transaction: (work) => transact(client, (inner) => work(handleOf(inner, own))),
  };
}

/** As node-postgres's manual has it; inside of a transaction on the client that it runs on. */
async function transact<T>(from: TenantClient, work: (client: TenantClient) => Promise<T>): Promise<T> {
  const client = begun.has(from) ? from : await from.connect();
  await client.query("begin");
  begun.add(client);
  try {
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    if (client !== from) client.release();
  }
}

const begun = new WeakSet<TenantClient>();
