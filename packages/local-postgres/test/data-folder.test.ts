import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { defaultDataFolder, startLocalPostgres } from "../src/index.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const asRoot = process.getuid?.() === 0;

describe("the data folder", () => {
  it("that cannot be made throws FOLDER_NOT_WRITABLE in one line", async () => {
    await using folder = await makeTemporaryFolder();
    await writeFile(path.join(folder.path, "file"), "");
    const dataFolder = path.join(folder.path, "file", "postgres");
    await expect(startLocalPostgres({ dataFolder })).rejects.toMatchObject({
      code: "FOLDER_NOT_WRITABLE",
      message: expect.stringMatching(/^[^\n]+$/) as string,
    });
  });

  it.skipIf(asRoot)("that belongs to a read-only parent throws FOLDER_NOT_WRITABLE", async () => {
    await using folder = await makeTemporaryFolder();
    await chmod(folder.path, 0o555);
    await expect(startLocalPostgres({ dataFolder: path.join(folder.path, "new") })).rejects.toMatchObject({
      code: "FOLDER_NOT_WRITABLE",
    });
    await chmod(folder.path, 0o755);
  });

  it.runIf(asRoot)(
    "below a folder that the server's user cannot pass throws FOLDER_NOT_TRAVERSABLE and names it",
    async () => {
      await using folder = await makeTemporaryFolder();
      const home = path.join(folder.path, "home");
      await mkdir(home, { mode: 0o700 });
      await expect(startLocalPostgres({ dataFolder: path.join(home, "postgres") })).rejects.toMatchObject({
        code: "FOLDER_NOT_TRAVERSABLE",
        message: expect.stringContaining(`cannot pass ${home}.`) as string,
      });
    },
  );
});

describe("the default data folder", () => {
  it("is in the project where the server can work there", async () => {
    await using folder = await makeTemporaryFolder();
    expect(await defaultDataFolder(folder.path)).toBe(path.join(folder.path, ".rowhouse", "postgres"));
  });

  it("is elsewhere, the same on each call and another for each project, where the server cannot", async () => {
    await using folder = await makeTemporaryFolder();
    const projects = ["one", "two"].map((name) => path.join(folder.path, name));
    for (const project of projects) {
      await mkdir(project);
      await chmod(project, asRoot ? 0o700 : 0o555);
    }
    const chosen = await Promise.all([...projects, ...projects].map(defaultDataFolder));
    expect(chosen[0]).toBe(chosen[2]);
    expect(chosen[0]).not.toBe(chosen[1]);
    expect(chosen.every((choice) => !choice.startsWith(folder.path))).toBe(true);
    for (const project of projects) await chmod(project, 0o755);
  });
});
