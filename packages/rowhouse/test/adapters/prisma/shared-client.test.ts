import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PrismaClient } from "../../../.rowhouse/prisma-fixture/client.ts";
import { definePrisma } from "../../../src/adapters/prisma/index.ts";
import { throughClient } from "../../../src/adapters/prisma/scope-connections.ts";
import { TenantDriver } from "../../../src/adapters/prisma/tenant-driver.ts";
import { TenantClient } from "../../../src/adapters/tenant-client.ts";
import { connectionsOf } from "../../../src/tenant/connections-of.ts";
import { codeOf } from "../../fixture/code-of.ts";
import { openTwoOrganizations, type FixtureTenant, type TwoOrganizations } from "../../fixture/two-organizations.ts";

let world: TwoOrganizations;

beforeAll(async () => {
  world = await openTwoOrganizations({ maxConnections: 3 });
});

afterAll(() => world[Symbol.asyncDispose]());

type Look = (tenant: FixtureTenant) => Promise<{ name: string } | null>;

const openPrisma = definePrisma((options) => new PrismaClient(options));

function findAcmesProject({ project }: PrismaClient): Promise<{ name: string } | null> {
  const { id, projectId } = world.acme;
  const key = { organizationId_id: { organizationId: id, id: projectId } };
  return project.findUnique({ where: key, select: { name: true } }).then((row) => row);
}

/** What Acme and Globex are shown of Acme's project when both ask for it in the same tick. */
async function askInOneTick(look: Look): Promise<unknown[]> {
  const arrived: (() => void)[] = [];
  // The second to arrive lets both go on.
  const both = (): Promise<void> =>
    new Promise((resolve) => {
      arrived.push(resolve);
      if (arrived.length === 2) for (const go of arrived) go();
    });
  const ask = async (tenant: FixtureTenant): Promise<string | undefined> => {
    await both();
    return (await look(tenant))?.name;
  };
  return Promise.all([world.inAcme(ask), world.inGlobex(ask)]);
}

describe("findUnique of two tenants in the same tick", () => {
  it("is mixed by one client for all, with the tenant in AsyncLocalStorage: the control", async () => {
    const shared = new PrismaClient({ adapter: new TenantDriver() });
    const look: Look = (tenant) =>
      throughClient(new TenantClient(connectionsOf(tenant)), () => findAcmesProject(shared));
    const shown = await askInOneTick(look);
    // Both get what whoever came first may see: Globex a foreign row, or Acme not its own.
    expect([
      ["acme secret", "acme secret"],
      [undefined, undefined],
    ]).toContainEqual(shown);
  });

  it("is not mixed by a client for each tenant handle", async () => {
    expect(await askInOneTick((tenant) => findAcmesProject(openPrisma(tenant)))).toEqual(["acme secret", undefined]);
  });
});

it("a connection that is lost before COMMIT is CONNECTION_LOST, as anywhere else", async () => {
  const work = world.inAcme((tenant) =>
    openPrisma(tenant).$transaction(async (inner) => {
      const [row] = await inner.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await world.fixture.admin.query("select pg_terminate_backend($1, 5000)", [row?.pid]);
    }),
  );
  expect(await codeOf(work)).toBe("CONNECTION_LOST");
});
