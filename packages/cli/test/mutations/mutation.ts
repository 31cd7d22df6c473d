/** One change of our own schema that would let tenants reach each other, or make it likely. */
export interface Mutation {
  readonly title: string;
  /** `{{runtime}}`, `{{owner}}` and `{{operator}}` are roles of the test's own, `{{database}}` its database. Statements run as a superuser. */
  readonly sql: string;
  /** The doctor's check that must find it; left out where nothing in the catalog tells. */
  readonly found?: string;
  /**
   * An attack that must cross, the object on which it does, and for a function which one. Left out where nothing is reached yet, or where
   * another mutation stands for it.
   */
  readonly crossed?: Crossing;
}

export type Crossing = readonly [attack: string, object: string, about?: string];
