import { operations, type Operation } from "./operations/operation.ts";

export const networks = ["direct", "delayed", "pgbouncer"] as const;
export type Network = (typeof networks)[number];

export const networkTitles: Readonly<Record<Network, string>> = {
  direct: "direct",
  delayed: "1 ms each way",
  pgbouncer: "through PgBouncer",
};

export const connectionCounts = [1, 8, 32] as const;

export const parts = ["operations", "growth", "authorization", "memory"] as const;
export type Part = (typeof parts)[number];

/** What of the benchmark is run. */
export interface Axes {
  readonly parts: readonly Part[];
  readonly operations: readonly Operation[];
  readonly networks: readonly Network[];
  readonly connections: readonly number[];
}

export const allAxes: Axes = { parts, operations, networks, connections: connectionCounts };

/**
 * Reads words such as `list`, `8`, `delayed` and `memory`, in any order. Words of one kind are alternatives; a kind without
 * a word is whole. Words about the operations alone leave the other parts out.
 *
 * @throws TypeError for a word that is none
 */
export function selectAxes(words: readonly string[]): Axes {
  const known: readonly string[] = [...parts, ...operations, ...networks, ...connectionCounts.map(String)];
  const unknown = words.filter((word) => !known.includes(word));
  if (unknown.length > 0)
    throw new TypeError(`--axes does not know ${unknown.join(", ")}; it knows ${known.join(", ")}`);
  const choose = <T extends string | number>(all: readonly T[]): readonly T[] => {
    const chosen = all.filter((one) => words.includes(String(one)));
    return chosen.length > 0 ? chosen : all;
  };
  const named = parts.filter((part) => words.includes(part));
  const isAboutOperations = words.length > named.length;
  return {
    parts: isAboutOperations ? parts.filter((part) => part === "operations" || named.includes(part)) : choose(parts),
    operations: choose(operations),
    networks: choose(networks),
    connections: choose<number>(connectionCounts),
  };
}
