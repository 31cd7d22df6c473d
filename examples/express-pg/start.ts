import { createServer } from "node:http";
import { defineExampleTenancy } from "../start/example-tenancy.ts";
import { prepareDatabase } from "../start/prepare-database.ts";
import { describeTrial, seedOrganizations } from "../start/seed-organizations.ts";
import { Sessions } from "../start/sessions.ts";
import { createApp } from "./app.ts";
import { settings } from "./settings.ts";

const { adminUrl, secret, port } = settings;
const database = await prepareDatabase({ folder: import.meta.dirname, adminUrl, secret });
const tenancy = defineExampleTenancy(database.runtimeUrl);
await seedOrganizations(tenancy);
const sessions = new Sessions(secret);
const server = createServer(createApp(tenancy, sessions)).listen(port, () => {
  console.log(describeTrial(`http://localhost:${port}`, sessions));
});

process.once("SIGINT", () => {
  server.close();
  void tenancy.close().then(() => database[Symbol.asyncDispose]());
});
