import type { Place } from "./attack.ts";
import type { DefinerFunction } from "./catalog/catalog.ts";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Value } from "./session.ts";
import type { Party } from "./world.ts";

/** One way to call a function. */
export interface Call {
  readonly text: string;
  readonly values: readonly Value[];
  /** For the report. */
  readonly words: string;
}

const atMost = 60;

/** Calls with the target's values first and A's own mixed in, by type; organizations first. Some sixty at most. */
export function callsOf(place: Place, definer: DefinerFunction): readonly Call[] {
  const { argumentTypes, defaults } = definer;
  const candidates = argumentTypes.map((type) => candidatesFor(place, type));
  const full = combinations(candidates, atMost).map((values) => callWith(definer, values));
  if (defaults === 0 || definer.procedure) return full;
  const needed = combinations(candidates.slice(0, argumentTypes.length - defaults), atMost / 2);
  return [...needed.map((values) => callWith(definer, values)), ...full].slice(0, atMost);
}

function callWith({ sql, procedure, argumentTypes, variadic }: DefinerFunction, values: readonly Value[]): Call {
  const parameters = values.map((_, index) => {
    const type = argumentTypes[index] ?? "text";
    const last = variadic && index === argumentTypes.length - 1 ? "variadic " : "";
    return `${last}$${index + 1}::${/^any/.test(type) ? "text" : type}`;
  });
  const called = `${sql}(${parameters.join(", ")})`;
  return {
    text: procedure ? `call ${called}` : `select answer::text from ${called} as answer`,
    values,
    words: `${sql}(${values.map((value) => value ?? "null").join(", ")})`,
  };
}

function candidatesFor(place: Place, type: string): readonly Value[] {
  const element = type.endsWith("[]") ? type.slice(0, -2) : null;
  if (element !== null)
    return candidatesFor(place, element).map((value) => (value === null ? null : `{${JSON.stringify(value)}}`));
  const found = [place.target, place.attacker].flatMap((party) => valuesOf(place, party, type));
  const general = generalValues[type] ?? [];
  return [...new Set([...found.slice(0, 16), ...general, null])];
}

const generalValues: Readonly<Record<string, readonly string[]>> = {
  boolean: ["true", "false"],
  integer: ["0", "1", "100"],
  bigint: ["0", "1", "100"],
  numeric: ["0", "1", "100"],
  json: ["{}"],
  jsonb: ["{}"],
  "timestamp with time zone": ["-infinity", "infinity"],
  date: ["-infinity", "infinity"],
};

/** What a party's rows hold of a type, its own name first. */
function valuesOf({ catalog, row }: Place, party: Party, type: string): readonly string[] {
  const found: string[] = [];
  const textual = type === "text" || type.startsWith("character");
  const organizations = catalog.organizations.columns.find(({ name }) => name === catalog.organizations.tenantColumn);
  if (textual || organizations?.baseType === type) found.push(party.organizationId);
  for (const relation of [catalog.organizations, ...catalog.tenantTables])
    for (const { name, baseType, category } of relation.columns) {
      if (baseType !== type && !(textual && category === "S")) continue;
      const value = findValue(() => row(party, relation).values[name] ?? null);
      if (value !== null) found.push(value);
    }
  return [...new Set(found)];
}

function findValue(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof CannotTell) return null;
    throw error;
  }
}

/** The first so many of all combinations, those of early candidates first. */
function combinations(candidates: readonly (readonly Value[])[], most: number): readonly (readonly Value[])[] {
  const found: Value[][] = [];
  const longest = candidates.reduce((sum, each) => sum + each.length - 1, 0);
  const fill = (chosen: Value[], left: number): void => {
    if (found.length >= most) return;
    const next = candidates[chosen.length];
    if (next === undefined) {
      if (left === 0) found.push(chosen);
      return;
    }
    for (let index = 0; index <= Math.min(left, next.length - 1); index++)
      fill([...chosen, next[index] ?? null], left - index);
  };
  for (let distance = 0; distance <= longest && found.length < most; distance++) fill([], distance);
  return found;
}
