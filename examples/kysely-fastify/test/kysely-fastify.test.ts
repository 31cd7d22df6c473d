import { inject, it } from "vitest";
import { openTrial, tryIsolation } from "../../start/try-example.ts";
import { createApp } from "../app.ts";

it("Fastify with Kysely lists, creates, and shows nothing of another organization", async () => {
  await using trial = await openTrial(inject("postgresUrl"));
  await using app = createApp(trial.tenancy, trial.sessions);
  const url = await app.listen({ port: 0 });
  await tryIsolation((path, init) => fetch(`${url}${path}`, init), trial.sessions);
});
