import { RowhouseError } from "rowhouse";
import { isAlias, isMap, isScalar, isSeq, type LineCounter } from "yaml";

/** A place in a file: what stands there, and how a person finds it. */
export interface Place {
  readonly node: unknown;
  /** `tables[3].class`; empty for the whole. */
  readonly path: string;
  readonly file: string;
  readonly lines: LineCounter;
}

/** Reads one kind of value. @throws RowhouseError INVALID_INPUT that names the line and the key */
export type Read<Value> = (place: Place) => Value;

export function wrong({ node, path, file, lines }: Place, message: string): RowhouseError {
  const offset = isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
  const line = offset === undefined ? "" : `:${lines.linePos(offset).line}`;
  return new RowhouseError("INVALID_INPUT", `${file}${line}: ${path === "" ? "the plan" : path} ${message}`);
}

export const readText: Read<string> = (place) => {
  const value = scalarOf(place);
  if (typeof value !== "string") throw wrong(place, `is ${nameOf(value)}; expected a text.`);
  if (/:\/\//.test(value))
    throw wrong(
      place,
      "holds an address. A plan names tables and columns; addresses and passwords are given to the command.",
    );
  return value;
};

export const readNumber: Read<number> = (place) => {
  const value = scalarOf(place);
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw wrong(place, `is ${nameOf(value)}; expected a number, 0 or more.`);
  return value;
};

export const readFlag: Read<boolean> = (place) => {
  const value = scalarOf(place);
  if (typeof value !== "boolean") throw wrong(place, `is ${nameOf(value)}; expected true or false.`);
  return value;
};

export function oneOf<const Choice extends string | number>(...choices: readonly Choice[]): Read<Choice> {
  return (place) => {
    const value = scalarOf(place);
    const found = choices.find((choice) => choice === value);
    if (found === undefined)
      throw wrong(
        place,
        `is ${nameOf(value)}; expected ${choices.length === 1 ? "" : "one of "}${choices.join(", ")}.`,
      );
    return found;
  };
}

export function nullable<Value>(read: Read<Value>): Read<Value | null> {
  return (place) => (place.node === null || (isScalar(place.node) && place.node.value === null) ? null : read(place));
}

export function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (place) => {
    if (!isSeq(place.node)) throw wrong(place, "is no list; expected one, [] where it is empty.");
    return place.node.items.map((node, index) => read({ ...place, node, path: `${place.path}[${index}]` }));
  };
}

export function recordOf<Value>(read: Read<Value>): Read<Readonly<Record<string, Value>>> {
  return (place) => Object.fromEntries(entriesOf(place).map(([key, each]) => [key, read(each)]));
}

/** Every key is expected, and no other: what is misspelt would change nothing, and nobody would notice. */
export function objectOf<Value extends object>(fields: {
  readonly [Key in keyof Value]: Read<Value[Key]>;
}): Read<Value> {
  return (place) => {
    const found = new Map(entriesOf(place));
    const names = Object.keys(fields) as (keyof Value & string)[];
    for (const [key, each] of found)
      if (!names.some((name) => name === key)) throw wrong(each, `is not known; expected ${names.join(", ")}.`);
    const missing = names.filter((name) => !found.has(name));
    if (missing.length > 0) throw wrong(place, `has no ${missing.join(", ")}. What has no value is written as null.`);
    const read = names.map((name) => {
      const each = found.get(name);
      return [name, each === undefined ? undefined : fields[name](each)];
    });
    return Object.fromEntries(read) as Value;
  };
}

function entriesOf(place: Place): [string, Place][] {
  if (!isMap(place.node)) throw wrong(place, "is no map of keys to values; expected one.");
  return place.node.items.map(({ key, value }): [string, Place] => {
    const name = String(isScalar(key) ? key.value : key);
    const path = place.path === "" ? name : `${place.path}.${name}`;
    return [name, { ...place, path, node: value ?? key }];
  });
}

function scalarOf(place: Place): unknown {
  if (isAlias(place.node)) throw wrong(place, "is an alias of YAML; expected the value itself.");
  if (!isScalar(place.node)) throw wrong(place, "is a list or a map; expected one value.");
  return place.node.value;
}

function nameOf(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
}
