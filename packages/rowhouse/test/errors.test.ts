import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { errorCodes, isRowhouseError, RowhouseError } from "../src/index.ts";

const sourceFolder = fileURLToPath(new URL("../src/", import.meta.url));
/** Where codes are listed or given a status, not thrown. */
const listings = ["errors.ts", "http/problem.ts"];

it("every error code is thrown somewhere in src", async () => {
  const names = (await readdir(sourceFolder, { recursive: true })).filter(
    (name) => name.endsWith(".ts") && !listings.includes(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(`${sourceFolder}${name}`, "utf8")));
  const source = texts.join("\n");
  expect(errorCodes.filter((code) => !source.includes(`"${code}"`) && !thrownElsewhere.has(code))).toEqual([]);
});

/** Codes that the HTTP layer gives without throwing, or that an application throws: each with its reason. */
const thrownElsewhere = new Map<string, string>([
  ["METHOD_NOT_ALLOWED", "the application's router"],
  ["TOO_MANY_REQUESTS", "the application's sign-in"],
  ["UNSUPPORTED_MEDIA_TYPE", "the application's request parser"],
  ["PAYLOAD_TOO_LARGE", "the application's request parser"],
  ["CONVERSION_REFUSED", "the command line's convert"],
  ["CONVERSION_BLOCKED", "the command line's convert"],
  ["PLAN_OUTDATED", "the command line's convert"],
  ["INTERNAL", "what problem details call an error without a code"],
]);

it("a code is excused from being thrown only while it is not", async () => {
  expect([...thrownElsewhere.keys()].filter((code) => !errorCodes.some((known) => known === code))).toEqual([]);
});

it("an error is recognized by its class and its code", () => {
  const error = new RowhouseError("CONFLICT", "no", { cause: "why", sqlstate: "23505", constraint: "c" });
  expect(error).toMatchObject({
    name: "RowhouseError",
    code: "CONFLICT",
    cause: "why",
    sqlstate: "23505",
    constraint: "c",
    fields: [],
  });
  expect(isRowhouseError(error)).toBe(true);
  expect(isRowhouseError(error, "NOT_FOUND")).toBe(false);
  expect(isRowhouseError({ code: "CONFLICT" })).toBe(false);
});
