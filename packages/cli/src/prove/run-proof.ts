import pg from "pg";
import { CannotTell } from "../doctor/cannot-tell.ts";
import type { Attack, Attempt, Place } from "./attack.ts";
import { isTable, type Relation } from "./catalog/catalog.ts";
import { findDarkTables } from "./find-dark-tables.ts";
import { judgeCell, type Granted, type Outcome } from "./judge-cell.ts";
import { NothingToReach } from "./nothing-to-reach.ts";
import { openPlace } from "./open-place.ts";
import type { Cell, NotApplicable, Proof } from "./proof.ts";
import type { World } from "./world.ts";

export interface ProofOptions {
  readonly attacks: readonly Attack[];
  /** Which objects to try; all when left out. */
  readonly only?: (object: string) => boolean;
  /** Told before each of its steps what share of the work is done, 0 to 1. */
  readonly progress?: (share: number, doing: string) => void;
}

/** One cell to be. */
interface Try {
  readonly attack: Attack;
  readonly attempt: Attempt;
  readonly relation: Relation;
  readonly object: string;
}

/**
 * Tries everything in one world, for the runtime role of its session. Three times each: A against B, A against its own row, and A against
 * B with the protection taken away. Nothing of it stays.
 */
export async function runProof(world: World, { attacks, only, progress }: ProofOptions): Promise<Proof> {
  const objects = [...world.catalog.tenantTables, ...world.catalog.relations.filter(({ kind }) => showsRows(kind))];
  const { tries, notApplicable } = plan(world, { attacks, objects, only });
  let done = 0;
  const each = async (doing: string, look: (one: Try) => Promise<Outcome | null>) => {
    const outcomes: (Outcome | null)[] = [];
    for (const one of tries) {
      progress?.(done++ / (3 * tries.length), `${doing}: ${one.attack.title}, ${one.object}`);
      outcomes.push(await look(one));
    }
    return outcomes;
  };
  const attack = await each("A against B", (one) => perform(world, one, "B"));
  // Not before: a context that was ever set spoils what must find none.
  const dark = await findDarkTables(world);
  const own = await each("A against its own", (one) => perform(world, one, "A"));
  const ownGranted = await whereRefused(world, { tries, own, dark });
  const unprotected = await world.session.undone(async () => {
    await takeProtectionAway(world);
    return each("without protection", (one) => performUnguarded(world, one));
  });
  const cells = tries.map((one, index): Cell => {
    const judged = judgeCell({
      attack: attack[index] ?? untried,
      own: own[index] ?? untried,
      ownGranted: ownGranted[index] ?? null,
      unprotected: unprotected[index] ?? untried,
    });
    const { name } = one.attack;
    const { object, attempt } = one;
    const level = attempt.level ?? one.attack.level;
    const cacheKey = [name, object, attempt.about, world.session.role].join("|");
    return { role: world.session.role, attack: name, object, about: attempt.about, level, ...judged, cacheKey };
  });
  return {
    roles: [world.session.role],
    attacks: attacks.map(({ name, title, explains, family }) => ({ name, title, explains, family })),
    objects: [...new Set(tries.map(({ object }) => object))],
    cells,
    notApplicable,
  };
}

const untried: Outcome = { kind: "untried", reason: "It was not tried." };

function showsRows(kind: Relation["kind"]): boolean {
  return kind === "view" || kind === "materialized view" || kind === "foreign table";
}

function plan(
  world: World,
  { attacks, objects, only = () => true }: Pick<ProofOptions, "attacks" | "only"> & { objects: readonly Relation[] },
) {
  const tries: Try[] = [];
  const notApplicable: NotApplicable[] = [];
  // What must find the connection without a context goes first.
  for (const attack of attacks.toSorted(
    (left, right) => Number(right.beforeContext ?? false) - Number(left.beforeContext ?? false),
  )) {
    const places =
      attack.scope === "database"
        ? [{ relation: world.catalog.organizations, object: "database" }]
        : objects.map((relation) => ({ relation, object: `${relation.schema}.${relation.name}` }));
    for (const { relation, object } of places) {
      if (!only(object)) continue;
      const planned = attack.plan(relation, world.catalog);
      if (typeof planned === "string") notApplicable.push({ attack: attack.name, object, reason: planned });
      else for (const attempt of planned) tries.push({ attack, attempt, relation, object });
    }
  }
  return { tries, notApplicable };
}

/** One attempt, taken back. The error of a statement is an outcome; a mistake of ours is none. */
async function perform(world: World, { attack, attempt, relation }: Try, against: "A" | "B"): Promise<Outcome> {
  const target = against === "A" ? world.a : world.b;
  return world.session.undone(async () => outcomeOf(() => attempt.run(openPlace(world, { relation, target, attack }))));
}

async function outcomeOf(work: () => Promise<string | null>): Promise<Outcome> {
  try {
    const what = await work();
    return what === null ? { kind: "nothing" } : { kind: "reached", what };
  } catch (error) {
    if (error instanceof CannotTell) return { kind: "untried", reason: error.message };
    if (error instanceof NothingToReach) return { kind: "absent", reason: error.message };
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { kind: "refused", sqlstate: error.code ?? "", message: error.message };
  }
}

/**
 * Where A was refused its own row, it is tried again with the privilege, then with a policy that allows its own row, and then without row
 * security: what had to be given is what holds.
 */
async function whereRefused(
  world: World,
  { tries, own, dark }: { tries: readonly Try[]; own: readonly (Outcome | null)[]; dark: ReadonlySet<string> },
) {
  const outcomes: (Granted | null)[] = [];
  for (const [index, one] of tries.entries()) {
    const first = own[index];
    const isDark = dark.has(one.relation.oid);
    outcomes.push(isClosed(first) && !isDark ? await performGranted(world, one) : null);
  }
  return outcomes;
}

/** Refused for a privilege, by a policy or because there are policies, or nothing there that a policy lets A see. */
function isClosed(outcome: Outcome | null | undefined): boolean {
  return outcome?.kind === "nothing" || (outcome?.kind === "refused" && /^(42501|0A)/.test(outcome.sqlstate));
}

async function performGranted(world: World, one: Try): Promise<Granted> {
  return world.session.undone(async () => {
    await grant(world, one);
    const privileged = await perform(world, one, "A");
    if (!isClosed(privileged) || !one.relation.rowSecurity) return { what: "privilege", outcome: privileged };
    const role = pg.escapeIdentifier(world.session.role);
    await world.session.run(
      `create policy rowhouse_prove on ${one.relation.sql} for all to ${role} using (true) with check (true)`,
    );
    const allowed = await perform(world, one, "A");
    if (!isClosed(allowed)) return { what: "no policy for it", outcome: allowed };
    // What no policy can allow: Postgres refuses it where row security is on, or a restrictive policy stands against it.
    const what = allowed.kind === "refused" && allowed.sqlstate.startsWith("0A") ? "Postgres" : "row security";
    await world.session.run(`alter table ${one.relation.sql} disable row level security`);
    return { what, outcome: await perform(world, one, "A") };
  });
}

async function grant({ session }: World, { relation, attempt }: Try): Promise<void> {
  const role = pg.escapeIdentifier(session.role);
  await session.run(`
    grant usage on schema ${pg.escapeIdentifier(relation.schema)} to ${role};
    grant all on ${relation.sql} to ${role};
    ${attempt.grant?.(role) ?? ""}`);
}

async function takeProtectionAway({ session, catalog }: World): Promise<void> {
  const role = pg.escapeIdentifier(session.role);
  const schemas = [...new Set(catalog.relations.map(({ schema }) => pg.escapeIdentifier(schema)))];
  const secured = catalog.relations.filter(({ rowSecurity }) => rowSecurity);
  await session.run("set constraints all immediate");
  await session.run(
    [
      ...secured.map(({ sql }) => `alter table ${sql} disable row level security`),
      ...schemas.flatMap((schema) => [
        `grant usage on schema ${schema} to ${role}`,
        `grant all on all tables in schema ${schema} to ${role}`,
      ]),
    ].join(";\n"),
  );
}

/** Without row security and privileges, and without what else holds it; a trigger that refuses it goes as well. */
async function performUnguarded(world: World, one: Try): Promise<Outcome> {
  return world.session.undone(async () => {
    const { relation, attempt, attack } = one;
    if (attempt.grant !== undefined) await world.session.run(attempt.grant(pg.escapeIdentifier(world.session.role)));
    const place: Place = openPlace(world, { relation, target: world.b, attack });
    const perform = () =>
      world.session.undone(() =>
        outcomeOf(async () => {
          await attempt.unguard?.(place);
          return attempt.run(place);
        }),
      );
    const outcome = await perform();
    if (outcome.kind !== "refused" || !isTable(relation)) return outcome;
    await world.session.run(`alter table ${relation.sql} disable trigger user`);
    return perform();
  });
}
