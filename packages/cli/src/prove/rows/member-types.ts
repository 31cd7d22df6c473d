import type { Session } from "../session.ts";
import type { TypeOfValue } from "./values-of-type.ts";

/** The types of a composite type's attributes. */
export async function memberTypes(session: Session, type: string): Promise<readonly TypeOfValue[]> {
  const { rows } = await session.query(
    `select pg_catalog.format_type(t.oid, null) as "baseType", pg_catalog.format_type(t.oid, a.atttypmod) as "plainType",
       t.typcategory as category,
       (select coalesce(json_agg(l.enumlabel), '[]') from pg_catalog.pg_enum as l where l.enumtypid = t.oid) as labels
     from pg_catalog.pg_type as whole
     join pg_catalog.pg_attribute as a on a.attrelid = whole.typrelid and a.attnum > 0 and not a.attisdropped
     join pg_catalog.pg_type as declared on declared.oid = a.atttypid
     join pg_catalog.pg_type as t on t.oid = coalesce(nullif(declared.typbasetype, 0), declared.oid)
     where whole.oid = $1::regtype order by a.attnum`,
    [type],
  );
  return rows as unknown as readonly TypeOfValue[];
}
