import { createServer } from "node:http";
import next from "next";
import { defineExampleTenancy } from "../start/example-tenancy.ts";
import { endOrderly } from "../start/end-orderly.ts";
import { prepareDatabase } from "../start/prepare-database.ts";
import { describeTrial, seedOrganizations } from "../start/seed-organizations.ts";
import { Sessions } from "../start/sessions.ts";
import { runtimeUrl, settings } from "./settings.ts";

const { adminUrl, secret, port, isProduction } = settings;
const folder = import.meta.dirname;
const database = await prepareDatabase({ folder, adminUrl, secret });
runtimeUrl.handOn(database.runtimeUrl);
{
  await using tenancy = defineExampleTenancy(database.runtimeUrl);
  await seedOrganizations(tenancy);
}
const app = next({ dev: !isProduction, dir: folder, port });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response)).listen(port, () => {
  const url = `http://localhost:${port}`;
  console.log(`Open ${url} in a browser.\n${describeTrial(url, new Sessions(secret))}`);
});

endOrderly(async () => {
  server.close();
  await app.close();
  await database[Symbol.asyncDispose]();
});
