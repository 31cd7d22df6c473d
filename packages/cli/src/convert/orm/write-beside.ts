import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, parse, relative, resolve } from "node:path";
import { RowhouseError } from "rowhouse";
import { reasonOf } from "../../reason-of.ts";
import type { SourceFile } from "./source-error.ts";

/**
 * Writes a schema beside the one it comes from: `schema.rowhouse.prisma`, or the folder `schema.rowhouse`.
 *
 * @param from the file or folder that was read
 * @returns where it is
 * @throws RowhouseError INVALID_INPUT when it would be written over what was read, or cannot be written
 */
export async function writeBeside(from: string, files: readonly SourceFile[], out = besides(from)): Promise<string> {
  if (resolve(out) === resolve(from))
    throw new RowhouseError(
      "INVALID_INPUT",
      `--out is ${out}, the schema that is read. Name another place: the old application still needs this one.`,
    );
  try {
    for (const { path, text } of files) {
      const place = resolve(path) === resolve(from) ? out : join(out, relative(from, path));
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, text);
    }
  } catch (error) {
    throw new RowhouseError("INVALID_INPUT", `${out} could not be written: ${reasonOf(error)}.`, { cause: error });
  }
  return out;
}

function besides(from: string): string {
  const { dir, name, ext } = parse(from);
  return join(dir, `${name}.rowhouse${ext}`);
}
