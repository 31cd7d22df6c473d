import { KnownValues, type Value } from "./known-values.ts";
import { parseName } from "./parse-name.ts";
import type { Party } from "./party.ts";
import type { Parameter } from "./read-operations.ts";

/** A party and what the run has learned of it. */
export class Side {
  readonly party: Party;
  readonly known: KnownValues;

  constructor(party: Party, known = new KnownValues()) {
    this.party = party;
    this.known = known;
  }

  /** The same with other ids or another organization, as `prepare` gave them. */
  with(changes: Partial<Pick<Party, "ids" | "organization" | "headers">> | undefined): Side {
    if (changes === undefined) return this;
    return new Side({ ...this.party, ...changes, ids: { ...this.party.ids, ...changes.ids } }, this.known);
  }

  /** What a parameter or a field with this name may hold of this party's, what was given before what was seen. */
  values(name: string, collection: string): Value[] {
    const given = entryOf(this.party.ids, name);
    const seen = this.known.find(parseName(name, collection), collection);
    return given === undefined ? seen : [given, ...seen.filter((value) => value !== given)];
  }

  /** Its organization, when that is what the parameter names. */
  organizationFor({ name }: Pick<Parameter, "name">): Value | undefined {
    return entryOf(this.party.organization, name);
  }
}

/** Names of headers know no case, and those of parameters rarely differ in nothing else. */
export function entryOf<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  if (record === undefined) return undefined;
  const lower = name.toLowerCase();
  return Object.entries(record).find(([key]) => key.toLowerCase() === lower)?.[1];
}
