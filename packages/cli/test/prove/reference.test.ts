import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { dropDatabase, ensureDatabase, withAdminClient, withDatabase } from "@rowhouse/local-postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { proveCommand } from "../../src/commands/prove.ts";
import { attacks } from "../../src/prove/attacks/attacks.ts";
import { fillReference, renderAttacks, renderOptions } from "../../src/prove/fill-reference.ts";
import { runHere } from "../fixture/run-here.ts";

const file = fileURLToPath(new URL("../../../../docs/reference/prove.md", import.meta.url));
const page = await readFile(file, "utf8");

const [server, name, role] = [inject("postgresUrl"), "prove_reference", "prove_reference_authenticated"];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rowhouse-prove-reference-"));
  await ensureDatabase(server, name);
  const schema = await readFile(new URL("claims.sql", import.meta.url), "utf8");
  await withAdminClient(withDatabase(server, name), (admin) => admin.query(schema.replaceAll("{{app}}", role)));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await dropDatabase(server, name);
  await withAdminClient(server, (admin) => admin.query(`drop role ${role}`));
});

test("the page has every attack and every option", async () => {
  const nothing = (): void => undefined;
  const settings = { databaseUrl: undefined, showStacks: false };
  const { options } = proveCommand({ settings, print: nothing, report: nothing, fail: nothing, ask: undefined });
  const filled = fillReference(page, { attacks: renderAttacks(attacks), options: renderOptions(options) });
  await expect(filled).toMatchFileSnapshot(file);
});

test("the page's statement for --enter and values for --values prove a schema of claims and memberships", async () => {
  const enter = await write("enter.sql", blockOf("sql"));
  const values = await write("values.json", blockOf("json"));
  const flags = ["--rollback", "--enter", enter, "--values", values, "--app-role", role];
  const { code, out, error } = await runHere(["prove", "--url", withDatabase(server, name), ...flags]);
  expect({ code, error, open: out.match(/^(crossed|undecided) .*/gm) }, out).toEqual({
    code: 0,
    error: "",
    open: null,
  });
});

function blockOf(language: string): string {
  return new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(page)?.[1] ?? "";
}

async function write(as: string, content: string): Promise<string> {
  const target = path.join(folder, as);
  await writeFile(target, content);
  return target;
}
