import { openByHand } from "./by-hand.ts";
import type { Contestant, ContestantOptions } from "./contestant.ts";
import { openDrizzleRecipe } from "./drizzle-recipe.ts";
import { openFourRoundTrips } from "./four-round-trips.ts";
import { openKyselyByHand } from "./kysely-by-hand.ts";
import { openPrismaRecipe } from "./prisma-recipe.ts";
import { openRowhouseDrizzle } from "./rowhouse-drizzle.ts";
import { openRowhouseKysely, openRowhouseSealed } from "./rowhouse-kysely.ts";
import { openRowhousePg } from "./rowhouse-pg.ts";
import { openRowhousePrisma, openRowhousePrismaRequest } from "./rowhouse-prisma.ts";
import { openZenStack } from "./zenstack.ts";

export interface ContestantEntry {
  /** For `--only`. */
  readonly key: string;
  /** Keys of those that one of ours must not lose to. What others offer has none. */
  readonly rivals?: readonly string[];
  /** It works in the sealed copy of the database. */
  readonly inSealed?: boolean;
  readonly open: (options: ContestantOptions) => Contestant | Promise<Contestant>;
}

export const limitKey = "by-hand";

/** The first is the limit that the others are compared with. */
export const allContestants: readonly ContestantEntry[] = [
  { key: limitKey, open: openByHand },
  { key: "rowhouse-pg", rivals: [limitKey, "four-round-trips"], open: openRowhousePg },
  {
    key: "rowhouse-kysely",
    rivals: [limitKey, "kysely-by-hand", "four-round-trips", "zenstack"],
    open: openRowhouseKysely,
  },
  { key: "rowhouse-sealed", rivals: ["rowhouse-kysely"], inSealed: true, open: openRowhouseSealed },
  { key: "rowhouse-drizzle", rivals: ["drizzle-recipe"], open: openRowhouseDrizzle },
  { key: "rowhouse-prisma", rivals: ["prisma-recipe", "zenstack"], open: openRowhousePrisma },
  { key: "rowhouse-prisma-request", rivals: ["prisma-recipe", "zenstack"], open: openRowhousePrismaRequest },
  { key: "kysely-by-hand", open: openKyselyByHand },
  { key: "four-round-trips", open: openFourRoundTrips },
  { key: "drizzle-recipe", open: openDrizzleRecipe },
  { key: "prisma-recipe", open: openPrismaRecipe },
  { key: "zenstack", open: openZenStack },
];
