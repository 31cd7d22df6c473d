/** What a table becomes. */
export type TableClass = "tenant" | "identity" | "global" | "mixed" | "existing-tenant" | "ask";

/** Columns on both ends, in the same order; most have one. Names are raw, tables are as SQL writes them. */
export interface Reference {
  readonly columns: readonly string[];
  /** `schema.table`, quoted where SQL needs it. */
  readonly parent: string;
  readonly parentColumns: readonly string[];
}

/** How the organization of a row is found. */
export type Derivation =
  /** The column holds the key of a user: the row belongs to the user's organization. */
  | { readonly by: "user"; readonly column: string }
  /** The column holds the key of a team that became an organization. */
  | { readonly by: "team"; readonly column: string }
  /** The row belongs to where its parent belongs. */
  | ({ readonly by: "parent" } & Reference)
  /** Exactly one row of another table points here, by a unique key: that one's organization. */
  | {
      readonly by: "referrer";
      readonly columns: readonly string[];
      readonly referrer: string;
      readonly referrerColumns: readonly string[];
    }
  /** A column says which table the other points to. */
  | {
      readonly by: "polymorphic";
      readonly typeColumn: string;
      readonly idColumn: string;
      readonly cases: readonly { readonly value: string; readonly parent: string; readonly parentColumn: string }[];
    }
  /** The first that gives one. */
  | { readonly by: "coalesce"; readonly of: readonly Derivation[] };

/** One step of the way from a table to its owner, as a person reads it: `public.links.collection_id` to `public.collections.id`. */
export interface PathStep {
  readonly from: string;
  readonly to: string;
}

/** What becomes of rows that nobody owns. `leave` keeps the column nullable: the rows are in no organization and unseen by tenants. */
export type Unowned = "guest" | "leave" | "delete";

/** A unique key, and whether it will hold within an organization only. */
export interface PlannedUnique {
  /** The index's name, raw. */
  readonly index: string;
  readonly columns: readonly string[];
  /** True where the new application wants it a organization's; the old key goes at `contract`. */
  readonly widen: boolean;
  readonly reason: string;
}

/** A foreign key to another tenant table, which gets a twin that begins with the organization. */
export interface PlannedReference extends Reference {
  /** The constraint's name, raw; null where the key was inferred and no constraint stands. */
  readonly constraint: string | null;
  /** False where rows may point to another organization's, as shares do: then no twin. */
  readonly composite: boolean;
}

export interface PlannedTable {
  /** `schema.table`, quoted where SQL needs it. */
  readonly table: string;
  readonly class: TableClass;
  /** From the table to the anchor, one step a table; of `coalesce` the first of its branches. Empty for tables without an owner. */
  readonly path: readonly PathStep[];
  /** Null for all but `tenant` and `mixed`. */
  readonly derive: Derivation | null;
  /** 0 to 1. Below 0.7 the class is `ask`. */
  readonly confidence: number;
  readonly reason: string;
  /** What a person should know before it runs, a sentence each. */
  readonly issues: readonly string[];
  /** A program's own, as a queue of work, which carries what is tenants': the new application's roles get no right to it. */
  readonly internal: boolean;
  /** Null until it is known that there are none; then a question asks. */
  readonly unowned: Unowned | null;
  /** Raw names; empty where there is no primary key. */
  readonly key: readonly string[];
  /** As the catalog estimates. */
  readonly rows: number;
  readonly bytes: number;
  readonly uniques: readonly PlannedUnique[];
  readonly references: readonly PlannedReference[];
}

/** What a person must decide. A plan with open questions does not run. */
export interface Question {
  /** Stable, as `class:public.links` or `unowned:public.polls`. */
  readonly id: string;
  readonly table: string | null;
  readonly question: string;
  /** What may be answered; empty where the answer is free. */
  readonly choices: readonly string[];
  readonly answer: string | null;
}

/** Teams that the application has already: each becomes an organization. */
export interface ExistingTeams {
  readonly table: string;
  readonly key: string;
  readonly name: string | null;
  readonly slug: string | null;
  /** Null where a team has no members' table. */
  readonly members: {
    readonly table: string;
    readonly team: string;
    readonly user: string;
    readonly role: string | null;
    /** From the application's role to ours. What is not listed becomes a member. */
    readonly roles: Readonly<Record<string, "owner" | "admin" | "member" | "viewer">>;
  } | null;
  /** The column of the teams table that names its owner. */
  readonly owner: string | null;
}

export interface PlannedUsers {
  readonly table: string;
  readonly key: string;
  /** The key's type, as SQL writes it. */
  readonly keyType: string;
  readonly name: string | null;
  readonly email: string | null;
}

export interface PlannedStatement {
  readonly sql: string;
  /** The strongest lock on a table in use, as pg_locks names it, and on what; null where none is taken. */
  readonly lock: string | null;
  /** What it costs, for a person: `instant`, `one scan of 2,000,000 rows (about 2 s)`. */
  readonly estimate: string;
}

/** In the order in which they run. */
export const phases = [
  "expand",
  "organizations",
  "triggers",
  "backfill",
  "index",
  "constrain",
  "soft-isolation",
  "validate",
  "hard-isolation",
  "contract",
] as const;

export type PhaseName = (typeof phases)[number];

export interface PlannedPhase {
  readonly name: PhaseName;
  readonly statements: readonly PlannedStatement[];
}

/** All that `run` needs to know, made by `plan`, edited by a person. It holds no password and no URL. */
export interface Plan {
  readonly version: 1;
  readonly database: string;
  /** Of all that the plan was made from; another schema is refused. */
  readonly fingerprint: string;
  /** `public.users.id`. */
  readonly anchor: string;
  readonly users: PlannedUsers;
  readonly teams: ExistingTeams | null;
  /** The new column, `organization_id` unless that name is taken. */
  readonly column: string;
  /** Organizations are made when first needed, not for every user at once. */
  readonly lazy: boolean;
  /** The role that the application connects as today; null where it is not known. */
  readonly applicationRole: string | null;
  /** `users.stripe_customer_id`, where customers move to organizations. */
  readonly stripeCustomer: string | null;
  /** What a person should know of the whole database before it runs, a sentence each. */
  readonly issues: readonly string[];
  readonly tables: readonly PlannedTable[];
  readonly questions: readonly Question[];
  /** For people and machines to read before it runs; made anew from the rest, so that editing it changes nothing. */
  readonly phases: readonly PlannedPhase[];
}
