import { isRecord } from "./is-record.ts";
import { parseName, resourceOf, type ParsedName } from "./parse-name.ts";

/** As it stands in an answer; an address or a body gets it back in the same form. */
export type Value = string | number;

/** Names of properties that only wrap a list. */
const wrappers = new Set([
  "item",
  "data",
  "result",
  "row",
  "record",
  "entry",
  "list",
  "node",
  "edge",
  "value",
  "content",
]);

interface Sighting {
  readonly value: Value;
  /** The resource whose answer it was seen in. */
  readonly near: string;
}

/** The ids and texts that one party has been shown. */
export class KnownValues {
  readonly texts = new Set<string>();
  readonly #sightings = new Map<string, Sighting[]>();

  /** Takes what an answer shows, `collection` being the last fixed part of the path that was asked. */
  learn(answer: unknown, collection: string): void {
    const resource = resourceOf(collection);
    this.#walk(answer, { resource, near: resource });
  }

  /** How much is known, to see whether another round brought more. */
  get count(): number {
    return [...this.#sightings.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** The values of a name, those first that were seen in the same collection. */
  find({ resource, kind }: ParsedName, collection = ""): Value[] {
    const near = resourceOf(collection);
    const seen = this.#sightings.get(`${resource} ${kind}`) ?? [];
    const sorted = [...seen.filter((one) => one.near === near), ...seen.filter((one) => one.near !== near)];
    return [...new Set(sorted.map(({ value }) => value))];
  }

  #walk(value: unknown, at: { resource: string; near: string }): void {
    if (typeof value === "string") this.texts.add(value);
    if (Array.isArray(value)) for (const item of value) this.#walk(item, at);
    if (!isRecord(value)) return;
    for (const [key, child] of Object.entries(value)) {
      const name = parseName(key, at.resource);
      if (name.isExplicit) {
        for (const one of Array.isArray(child) ? child : [child]) this.#add(name, one, at.near);
      }
      const inner = parseName(key, "").resource;
      this.#walk(child, wrappers.has(inner) || inner === "" ? at : { ...at, resource: inner });
    }
  }

  #add({ resource, kind }: ParsedName, value: unknown, near: string): void {
    if ((typeof value !== "string" && typeof value !== "number") || value === "") return;
    const key = `${resource} ${kind}`;
    const seen = this.#sightings.get(key) ?? [];
    if (!seen.some((one) => one.value === value && one.near === near)) seen.push({ value, near });
    this.#sightings.set(key, seen);
  }
}
