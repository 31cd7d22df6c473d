import pg from "pg";
import { CannotTell } from "../../doctor/cannot-tell.ts";
import type { Catalog, ForeignKey, Relation } from "../catalog/catalog.ts";
import type { Session, Value } from "../session.ts";
import type { MadeRow, Party, RowMaker, Values } from "../world.ts";
import { ByParty } from "./by-party.ts";
import { composeRow, type Composed } from "./compose-row.ts";
import type { GivenValues } from "./parse-values.ts";
import { removeRows } from "./remove-rows.ts";
import { columnsAsText, madeRow, storeRow } from "./store-row.ts";
import type { ParentWish, Surroundings } from "./surroundings.ts";
import { valuesOfType } from "./values-of-type.ts";

/** The rows of both parties, and how more of them are made. */
export class Population implements RowMaker {
  readonly #session: Session;
  readonly #catalog: Catalog;
  readonly #given: GivenValues;
  readonly #tenantTables: ReadonlySet<Relation>;
  readonly #made = new ByParty<MadeRow | CannotTell>();
  readonly #inProgress = new ByParty<true>();
  readonly #freshInProgress = new ByParty<true>();
  /** What a row that is still being made was promised to have, by others that point to it. */
  readonly #promises = new ByParty<Record<string, Value>>();
  readonly #canReplicate: boolean;

  constructor(
    { session, catalog }: { session: Session; catalog: Catalog },
    { given, canReplicate }: { given: GivenValues; canReplicate: boolean },
  ) {
    this.#session = session;
    this.#catalog = catalog;
    this.#given = given;
    this.#canReplicate = canReplicate;
    this.#tenantTables = new Set(catalog.tenantTables);
  }

  async compose(relation: Relation, party: Party, given: Values = {}): Promise<Values> {
    const isOrganization = relation.oid === this.#catalog.organizations.oid;
    if (!isOrganization) return (await this.#compose(relation, party, given)).values;
    // A new organization has rows of its own around it.
    const another = { name: party.name, organizationId: "" };
    this.#inProgress.set(another, relation, true);
    return (await this.#compose(relation, another, given)).values;
  }

  async insert(relation: Relation, values: Values): Promise<MadeRow> {
    const stored = await this.#store(relation, { values, enforcement: "all" });
    if (stored instanceof Error && this.#canReplicate) {
      const forced = await this.#store(relation, { values, enforcement: "none" });
      if (!(forced instanceof Error)) return forced;
    }
    if (stored instanceof Error) throw new CannotTell(`${relation.sql}: ${stored.message}.`);
    return stored;
  }

  removeAll(party: Party): Promise<void> {
    return removeRows(this.#session, this.#catalog, { party, canReplicate: this.#canReplicate });
  }

  /** @throws CannotTell with the reason why it could not be made */
  row(party: Party, relation: Relation): MadeRow {
    const found =
      this.#made.get(party, relation) ??
      new CannotTell(`${relation.sql} is a ${relation.kind} of which no row was made.`);
    if (found instanceof CannotTell) throw found;
    return found;
  }

  /** Makes the party's row of a table, and what it needs; once. `null` while it is being made. */
  async ensure(relation: Relation, party: Party): Promise<MadeRow | CannotTell | null> {
    const before = this.#made.get(party, relation);
    if (before !== undefined) return before;
    if (this.#inProgress.has(party, relation)) return null;
    this.#inProgress.set(party, relation, true);
    const made = await this.#make(relation, party);
    this.#inProgress.delete(party, relation);
    this.#made.set(party, relation, made);
    return made;
  }

  /** For a row that was changed since. */
  replace(party: Party, relation: Relation, values: Values): void {
    this.#made.set(party, relation, madeRow(relation, values));
  }

  async #make(relation: Relation, party: Party): Promise<MadeRow | CannotTell> {
    try {
      if (relation.kind === "partitioned table") return await this.#rowOfPartition(relation, party);
      const composed = await this.#compose(relation, party, {});
      // Meanwhile others may have been promised something.
      const values = { ...composed.values, ...this.#promises.get(party, relation) };
      const stored = await this.#store(relation, { ...composed, values });
      return stored instanceof Error ? new CannotTell(`${relation.sql}: ${stored.message}.`) : stored;
    } catch (error) {
      if (error instanceof CannotTell) return error;
      throw error;
    }
  }

  async #compose(relation: Relation, party: Party, given: Values): Promise<Composed> {
    const promised = this.#inProgress.has(party, relation) ? this.#promise(party, relation) : {};
    if (relation.kind !== "partitioned table")
      return composeRow(this.#surroundings(), { relation, party, given: { ...promised, ...given } });
    const reasons: string[] = [];
    for (const leaf of this.#partitionsOf(relation)) {
      try {
        return await this.#compose(leaf, party, given);
      } catch (error) {
        if (!(error instanceof CannotTell)) throw error;
        reasons.push(error.message);
      }
    }
    throw new CannotTell(reasons[0] ?? `${relation.sql} has no partition.`);
  }

  async #rowOfPartition(relation: Relation, party: Party): Promise<MadeRow | CannotTell> {
    let reason: CannotTell | null = null;
    for (const leaf of this.#partitionsOf(relation)) {
      const made = await this.ensure(leaf, party);
      if (made !== null && !(made instanceof CannotTell)) return madeRow(relation, made.values);
      reason ??= made;
    }
    return reason ?? new CannotTell(`${relation.sql} has no partition.`);
  }

  #partitionsOf({ oid }: Relation): readonly Relation[] {
    return this.#catalog.relations.filter(({ parents, isPartition }) => isPartition && parents.includes(oid));
  }

  #promise(party: Party, relation: Relation): Record<string, Value> {
    const promises = this.#promises.get(party, relation) ?? {};
    this.#promises.set(party, relation, promises);
    return promises;
  }

  async #store(relation: Relation, composed: Composed): Promise<MadeRow | Error> {
    const stored = await storeRow(this.#session, { relation, ...composed });
    return stored ?? new Error("a trigger keeps its rows away");
  }

  #surroundings(): Surroundings {
    return {
      session: this.#session,
      canReplicate: this.#canReplicate,
      valuesFor: ({ schema, name }) => this.#given[`${schema}.${name}`] ?? {},
      tenantOf: (party) => this.#tenantOf(party),
      isOrganizations: ({ oid }) => oid === this.#catalog.organizations.oid,
      parentOf: (key, wish) => this.#parentOf(key, wish),
      makeRoom: (relation, party, taken) => this.#makeRoom(relation, party, taken),
    };
  }

  #tenantOf(party: Party): Value {
    if (party.organizationId !== "") return party.organizationId;
    return this.#promised(this.#catalog.organizations, party, this.#catalog.organizations.tenantColumn ?? "");
  }

  /** A value that a row which is being made will have. */
  #promised(relation: Relation, party: Party, name: string): Value {
    const promises = this.#promise(party, relation);
    const column = relation.columns.find((each) => each.name === name);
    if (column === undefined || column.generated)
      throw new CannotTell(`${relation.sql}: ${name} is needed before the row is there, and is generated.`);
    return (promises[name] ??= valuesOfType(column, party.name)[0] ?? null);
  }

  async #parentOf({ target, targetColumns }: ForeignKey, wish: ParentWish): Promise<Values | null> {
    const parent = this.#catalog.byOid.get(target);
    if (parent === undefined) throw new CannotTell(`${wish.relation.sql} points to a table of the system.`);
    if (wish.fresh) return this.#freshParent(parent, wish);
    if (!this.#tenantTables.has(parent)) return this.#globalParent(parent, wish);
    const made = await this.ensure(parent, wish.party);
    if (made === null) {
      if (!wish.needed) return null;
      return Object.fromEntries(
        targetColumns.map((name) => [name, wish.matching[name] ?? this.#promised(parent, wish.party, name)]),
      );
    }
    if (made instanceof CannotTell) {
      if (wish.needed) throw made;
      return null;
    }
    if (Object.entries(wish.matching).every(([name, value]) => made.values[name] === value)) return made.values;
    const existing = await this.#existing(parent, wish.matching);
    if (existing !== null || !wish.needed) return existing;
    return this.#freshParent(parent, wish);
  }

  /** One of the party's own where it can be made, so that the parties' rows differ; else one that is there. */
  async #globalParent(parent: Relation, wish: ParentWish): Promise<Values> {
    if (Object.keys(wish.matching).length === 0) {
      const own = await this.ensure(parent, wish.party);
      if (own !== null && !(own instanceof CannotTell)) return own.values;
    }
    return (await this.#existing(parent, wish.matching)) ?? this.#freshParent(parent, wish);
  }

  /** Where a party can have but one row: the one that is there goes. Never while the world is made. */
  async #makeRoom(relation: Relation, party: Party, taken: Values): Promise<boolean> {
    if (!this.#canReplicate || this.#inProgress.has(party, relation) || !this.#made.has(party, relation)) return false;
    const names = Object.keys(taken);
    const where = names.map((name, index) => `${pg.escapeIdentifier(name)} = $${index + 1}`).join(" and ");
    await this.#session.run("set local session_replication_role = replica");
    const { count } = await this.#session.query(`delete from ${relation.sql} where ${where}`, Object.values(taken));
    await this.#session.run("set local session_replication_role = origin");
    return count > 0;
  }

  async #existing(parent: Relation, matching: Values): Promise<Values | null> {
    const names = Object.keys(matching);
    const where = names.map((name, index) => `${pg.escapeIdentifier(name)} = $${index + 1}`).join(" and ");
    const { rows } = await this.#session.query(
      `select ${columnsAsText(parent)} from ${parent.sql} where ${where === "" ? "true" : where} limit 1`,
      Object.values(matching),
    );
    return (rows[0] as Values | undefined) ?? null;
  }

  async #freshParent(parent: Relation, { party, matching }: ParentWish): Promise<Values> {
    if (this.#freshInProgress.has(party, parent)) throw new CannotTell(`${parent.sql} needs a row of itself.`);
    this.#freshInProgress.set(party, parent, true);
    try {
      const composed = await this.#compose(parent, party, matching);
      const stored = await this.#store(parent, composed);
      if (stored instanceof Error) throw new CannotTell(`${parent.sql}: ${stored.message}.`);
      return stored.values;
    } finally {
      this.#freshInProgress.delete(party, parent);
    }
  }
}
