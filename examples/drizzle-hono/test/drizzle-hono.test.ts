import { inject, it } from "vitest";
import { openTrial, tryIsolation } from "../../start/try-example.ts";
import { createApp } from "../app.ts";

it("Hono with Drizzle lists, creates, and shows nothing of another organization", async () => {
  await using trial = await openTrial(inject("postgresUrl"));
  const app = createApp(trial.tenancy, trial.sessions);
  await tryIsolation(async (path, init) => app.request(path, init), trial.sessions);
});
