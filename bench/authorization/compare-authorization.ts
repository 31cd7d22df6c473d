import { startWireProxy } from "@rowhouse/local-postgres";
import { interleave, type LaneResult, type Pace } from "../measure/interleave.ts";
import { openDelay } from "../measure/open-delay.ts";
import { Resources } from "../measure/resources.ts";
import { runSlice } from "../measure/run-slice.ts";
import { questions, type Authorizer, type Question, type SignedIn } from "./authorizer.ts";
import { openBetterAuth } from "./better-auth-plugin.ts";
import type { AuthorizationDatabases } from "./prepare-sessions.ts";
import { openRowhouseAlone, openRowhouseAuthorizer } from "./rowhouse-authorizer.ts";

/** One question in one situation; the first lane is better-auth's. */
export interface AuthorizationComparison {
  readonly question: Question;
  readonly delayMs: number;
  readonly results: readonly (LaneResult & { readonly key: string; readonly roundTrips: number })[];
}

const connections = 8;

/** Asks all of them the same, after seeing that they answer the same. */
export async function compareAuthorization(
  databases: AuthorizationDatabases,
  pace: Pace,
): Promise<AuthorizationComparison[]> {
  const roundTrips = await countRoundTrips(databases);
  const comparisons: AuthorizationComparison[] = [];
  for (const delayMs of [0, 1]) {
    await using resources = new Resources();
    const delay = delayMs === 0 ? undefined : resources.keep(await openDelay(databases.rowhouse.adminUrl, delayMs));
    const authorizers = openAll(databases, connections, (url) => delay?.url(url) ?? url);
    for (const authorizer of authorizers) resources.keep(authorizer);
    for (const question of questions) {
      const lanes = authorizers.map((authorizer) => ({
        name: authorizer.name,
        run: (durationMs: number, seed: number) =>
          runSlice((caller) => assertAnswer(authorizer, question, caller), {
            ...{ workers: connections, durationMs, seed },
            sample: databases.callers,
          }),
      }));
      const results = await interleave(lanes, pace);
      comparisons.push({
        question,
        delayMs,
        results: results.map((result, index) => ({ ...result, ...getCount(roundTrips, index, question) })),
      });
    }
  }
  return comparisons;
}

type Counts = { readonly key: string; readonly counts: ReadonlyMap<Question, number> };

async function countRoundTrips(databases: AuthorizationDatabases): Promise<Counts[]> {
  const { hostname, port } = new URL(databases.rowhouse.adminUrl);
  await using proxy = await startWireProxy({ target: { host: hostname, port: Number(port) } });
  await using resources = new Resources();
  const [caller] = databases.callers;
  if (caller === undefined) throw new Error("Nobody is signed in.");
  const all: Counts[] = [];
  const authorizers = openAll(databases, 1, (url) => proxy.url(url)).map((authorizer) => resources.keep(authorizer));
  for (const authorizer of authorizers) {
    const counts = new Map<Question, number>();
    for (const question of questions) {
      await assertAnswer(authorizer, question, caller);
      proxy.reset();
      await assertAnswer(authorizer, question, caller);
      counts.set(question, proxy.counts().flights);
    }
    all.push({ key: authorizer.key, counts });
  }
  return all;
}

function openAll(
  { rowhouse, betterAuthUrl }: AuthorizationDatabases,
  connections: number,
  through: (url: string) => string,
): Authorizer[] {
  const urls = { runtimeUrl: through(rowhouse.runtimeUrl), identityUrl: through(rowhouse.identityUrl), connections };
  const plugin = { url: through(betterAuthUrl), connections };
  return [
    openBetterAuth({ ...plugin, joins: false }),
    openBetterAuth({ ...plugin, joins: true }),
    openRowhouseAuthorizer(urls),
    openRowhouseAlone(urls),
  ];
}

function getCount(all: readonly Counts[], index: number, question: Question): { key: string; roundTrips: number } {
  const own = all[index];
  const roundTrips = own?.counts.get(question);
  if (own === undefined || roundTrips === undefined)
    throw new Error(`Nobody counted the round trips of "${question}".`);
  return { key: own.key, roundTrips };
}

const organizationsEach = 3;

/** Everybody has three organizations and three fellow members, and an owner may do everything. */
async function assertAnswer(authorizer: Authorizer, question: Question, caller: SignedIn): Promise<void> {
  const isRight = await {
    organizations: async () => {
      const slugs = await authorizer.organizations(caller);
      return slugs.length === organizationsEach && slugs.includes(caller.slug);
    },
    permission: async () => await authorizer.permission(caller),
    members: async () => {
      const users = await authorizer.members(caller);
      return users.length === organizationsEach && users.includes(caller.userId);
    },
  }[question]();
  if (!isRight) throw new Error(`${authorizer.name} gave a wrong answer to "${question}" for ${caller.slug}.`);
}
