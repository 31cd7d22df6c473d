import { readFile } from "node:fs/promises";
import path from "node:path";
import { errorCodes, RowhouseError } from "rowhouse";
import { toProblem } from "rowhouse/http";
import { expect, it } from "vitest";
import { root } from "./run-example.ts";

it("docs/reference/errors.md has each code once, with the status that its problem has", async () => {
  const text = await readFile(path.join(root, "docs/reference/errors.md"), "utf8");
  const documented = [...text.matchAll(/^\| `([A-Z_]+)` +\| (\d+) +\|/gm)].map(
    ([, code, status]) => `${code} ${status}`,
  );
  const actual = errorCodes.map((code) => `${code} ${toProblem(new RowhouseError(code, "text")).status}`);
  expect(documented.sort()).toEqual(actual.sort());
});
