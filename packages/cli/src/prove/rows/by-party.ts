import type { Relation } from "../catalog/catalog.ts";
import type { Party } from "../world.ts";

/** Something of each party for each table. */
export class ByParty<Item> {
  readonly #items = new Map<Party, Map<string, Item>>();

  get(party: Party, { oid }: Relation): Item | undefined {
    return this.#items.get(party)?.get(oid);
  }

  has(party: Party, relation: Relation): boolean {
    return this.get(party, relation) !== undefined;
  }

  set(party: Party, { oid }: Relation, item: Item): void {
    const items = this.#items.get(party) ?? new Map<string, Item>();
    this.#items.set(party, items.set(oid, item));
  }

  delete(party: Party, { oid }: Relation): void {
    this.#items.get(party)?.delete(oid);
  }
}
