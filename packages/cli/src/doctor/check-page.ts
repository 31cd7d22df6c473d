/** What a finding weighs, from the lightest. */
export const levels = ["info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

/** The parts of a fix script, in the order in which they are safe: nothing is switched on before what it needs is there. */
export const fixSteps = [
  "privileges",
  "functions",
  "policies",
  "row-security",
  "constraints",
  "indexes",
  "data",
] as const;
export type FixStep = (typeof fixSteps)[number];

/** A rule of the doctor as its page states it. */
export interface CheckPage {
  readonly code: string;
  readonly name: string;
  /** Of a finding that names no other. */
  readonly level: Level;
  /** The entries of the catalogue of leaks that it finds. */
  readonly covers: readonly string[];
  readonly step: FixStep;
  /** The table lock that the fix takes, as Postgres names it; `none` for what locks no table. */
  readonly lock: string;
  readonly title: string;
  /** Markdown, without title. */
  readonly text: string;
}

const shape = /^---\n(?<fields>[\s\S]*?)\n---\n+# (?<title>[^\n]+)\n+(?<text>[\s\S]+)$/;

/** @throws TypeError a page that is not written as the others are: a mistake of whoever wrote the check */
export function parseCheckPage(code: string, source: string): CheckPage {
  const { fields, title, text } = shape.exec(source)?.groups ?? {};
  if (fields === undefined || title === undefined || text === undefined)
    throw new TypeError(`The page of ${code} needs fields between two lines of ---, a title and a text.`);
  const values = new Map(fields.split("\n").map((line) => splitOnce(line)));
  const read = (key: string): string => {
    const value = values.get(key);
    if (value === undefined || value === "") throw new TypeError(`The page of ${code} has no field "${key}".`);
    return value;
  };
  return {
    code,
    name: read("name"),
    level: oneOf(levels, read("level"), code),
    covers: read("covers").split(/,\s*/),
    step: oneOf(fixSteps, read("step"), code),
    lock: read("lock"),
    title,
    text: text.trim(),
  };
}

/** @throws TypeError */
function oneOf<Choice extends string>(choices: readonly Choice[], given: string, code: string): Choice {
  const choice = choices.find((each) => each === given);
  if (choice === undefined) throw new TypeError(`The page of ${code} says "${given}"; expected ${choices.join(", ")}.`);
  return choice;
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
