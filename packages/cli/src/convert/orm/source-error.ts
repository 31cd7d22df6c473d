import { RowhouseError } from "rowhouse";

/** A file of somebody's application, and what is in it. */
export interface SourceFile {
  /** As a person would name it. */
  readonly path: string;
  readonly text: string;
}

export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** `schema.prisma:12`. */
export function placeOf({ path, text }: SourceFile, offset: number): string {
  return `${path}:${lineOf(text, offset)}`;
}

/** What could not be read, and where: `schema.prisma:12:3: …`, as editors open it. */
export function sourceError(file: SourceFile, offset: number, problem: string): RowhouseError {
  const column = offset - file.text.lastIndexOf("\n", offset - 1);
  return new RowhouseError("INVALID_INPUT", `${placeOf(file, offset)}:${column}: ${problem}`);
}
