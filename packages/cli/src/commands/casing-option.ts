import { Option } from "commander";

/** The casing of a Drizzle schema, for the commands that read one. */
export function casingOption(): Option {
  return new Option("--casing <casing>", "of the Drizzle schema, as the application gives it to drizzle()")
    .choices(["none", "snake_case", "camelCase"])
    .default("none");
}
