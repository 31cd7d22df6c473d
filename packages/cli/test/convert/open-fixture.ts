import { readFile } from "node:fs/promises";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { inject } from "vitest";

/** An application as it was before it had tenants, in a database of its own. */
export interface ConvertFixture extends AsyncDisposable {
  /** A superuser's. */
  readonly url: string;
}

export const fixtures = new URL("fixtures/", import.meta.url);

export async function openFixture(name: string, database = `convert_${name}`): Promise<ConvertFixture> {
  const server = inject("postgresUrl");
  const url = withDatabase(server, database);
  await ensureDatabase(server, database);
  await withAdminClient(url, async (admin) => {
    for (const file of ["schema.sql", "data.sql"])
      await admin.query(await readFile(new URL(`${name}/${file}`, fixtures), "utf8"));
    await admin.query("analyze");
  });
  return { url, [Symbol.asyncDispose]: () => dropDatabase(server, database) };
}
