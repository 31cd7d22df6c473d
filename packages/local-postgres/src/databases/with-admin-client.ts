import pg from "pg";

/** Runs `work` on one connection that is closed afterwards, whatever happens. */
export async function withAdminClient<Result>(
  adminUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
