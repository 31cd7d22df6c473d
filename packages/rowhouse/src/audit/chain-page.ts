/** How far a chain was followed: the last event that fits, or the anchor it begins at. */
export interface ChainPosition {
  readonly sequence: number;
  /** Hex. */
  readonly hash: string;
}

/** The first event of a page that does not fit. */
export interface BrokenLink {
  readonly sequence: number;
  /** The event, or the anchor, that comes before it in the table. */
  readonly before: number;
  /** Hex: the hash that it says the event before it has. */
  readonly previousHash: string;
  readonly fitsTheOneBefore: boolean;
  readonly fitsItsOwnHash: boolean;
}

/** What was found between two places of a chain. */
export interface ChainPage {
  readonly last: ChainPosition | undefined;
  readonly broken: BrokenLink | undefined;
  readonly hasExpected: boolean;
}

/** The events of an organization after `from`, up to and with place `through`. */
export interface ChainRange {
  readonly organizationId: string;
  readonly from: ChainPosition;
  readonly through: number;
  /** Hex: a hash that is looked for on the way. */
  readonly expect: string | undefined;
}
