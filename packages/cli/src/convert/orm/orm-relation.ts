/** A foreign key as an ORM's schema tells it, whether or not the database has a constraint for it. */
export interface OrmRelation {
  /** `schema.table`, quoted where SQL needs it. */
  readonly table: string;
  /** Raw names, in the order of `parentColumns`. */
  readonly columns: readonly string[];
  readonly parent: string;
  readonly parentColumns: readonly string[];
  /** One of the columns may be null. */
  readonly optional: boolean;
  /** Where it is written: `schema.prisma:12`. */
  readonly at: string;
}
