import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, inject, it } from "vitest";
import { openTrial, tryIsolation } from "../../start/try-example.ts";
import { createApp } from "../app.ts";

it("Express with plain pg lists, creates, and shows nothing of another organization", async () => {
  await using trial = await openTrial(inject("postgresUrl"));
  const server = createServer(createApp(trial.tenancy, trial.sessions)).listen(0);
  const { port } = server.address() as AddressInfo;
  try {
    await tryIsolation((path, init) => fetch(`http://localhost:${port}${path}`, init), trial.sessions);
  } finally {
    server.close();
  }
  expect(trial.tenancy.connections().waiting).toBe(0);
});
