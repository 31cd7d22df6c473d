// The example of docs/reference/adapters.md, word by word; streams.test.ts runs it and compares.
import Cursor from "pg-cursor";
import { openClient } from "../../src/adapters/pg.ts";
import type { AnyTenant } from "../../src/index.ts";

export async function* rowsOf<Row>(tenant: AnyTenant, text: string, values: unknown[] = []): AsyncGenerator<Row> {
  const client = await openClient(tenant).connect();
  try {
    await client.query("begin");
    const cursor = client.query(new Cursor<Row>(text, values));
    for (;;) {
      const rows = await cursor.read(1000);
      if (rows.length === 0) break;
      yield* rows;
    }
    await client.query("commit");
  } finally {
    await client.end(); // whoever stops reading early leaves nothing open
  }
}
