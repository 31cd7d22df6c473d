import { isRecord } from "./is-record.ts";
import type { Value } from "./known-values.ts";
import { parseName } from "./parse-name.ts";
import type { OpenApi } from "./read-operations.ts";

/** A field of a body that names a thing by its id. */
export interface IdField {
  readonly path: readonly string[];
  readonly name: string;
  readonly isList: boolean;
}

const deepest = 4;

/** The fields that carry ids: those named so (`projectId`, `member_ids`), and those named after something that has one. */
export function listIdFields(given: unknown, api: OpenApi, isKnown: (name: string) => boolean): IdField[] {
  return walk(given, [], { resolve: api.resolve, isKnown });
}

interface Walking {
  readonly resolve: OpenApi["resolve"];
  readonly isKnown: (name: string) => boolean;
}

function walk(given: unknown, path: readonly string[], walking: Walking): IdField[] {
  const schema = walking.resolve(given);
  if (path.length > deepest) return [];
  const parts = [schema.allOf, schema.oneOf, schema.anyOf].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const found = [
    ...parts.flatMap((part) => walk(part, path, walking)),
    ...properties.flatMap(([name, child]) => walkProperty(name, child, { path, walking })),
    ...(schema.items === undefined ? [] : walk(schema.items, [...path, "0"], walking)),
  ];
  return found.filter((one, at) => found.findIndex(({ path: other }) => other.join() === one.path.join()) === at);
}

function walkProperty(
  name: string,
  given: unknown,
  { path, walking }: { path: readonly string[]; walking: Walking },
): IdField[] {
  const schema = walking.resolve(given);
  const isList = schema.items !== undefined;
  const own = isList ? walking.resolve(schema.items) : schema;
  const { kind, isExplicit } = parseName(name, "");
  const isScalar = !isRecord(own.properties) && own.enum === undefined;
  const isId = isScalar && kind === "id" && (isExplicit || walking.isKnown(name));
  return isId ? [{ path: [...path, name], name, isList }] : walk(schema, [...path, name], walking);
}

/** The body with this value in the field, the objects on the way to it made where they are missing. */
export function withField(body: unknown, { path, isList }: Pick<IdField, "path" | "isList">, value: Value): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return isList ? [value] : value;
  const inner = { path: rest, isList };
  if (first === "0") {
    const list: unknown[] = Array.isArray(body) ? body : [];
    return [withField(list[0], inner, value), ...list.slice(1)];
  }
  const record = isRecord(body) ? body : {};
  return { ...record, [first]: withField(record[first], inner, value) };
}

/** What the body holds there. */
export function fieldOf(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return key === "0" ? at[0] : undefined;
    return isRecord(at) ? at[key] : undefined;
  }, body);
}
