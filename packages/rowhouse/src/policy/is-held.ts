/**
 * True, in SQL, where a trigger of ours holds the foreign key `key` (an alias of pg_constraint): after every insert and update, of any
 * column, without a condition. `column` is the tenant column.
 */
export function isHeld(key: string, column: string): string {
  const inBytes = (text: string): string => `pg_catalog.convert_to(${text}, pg_catalog.getdatabaseencoding())`;
  return `exists (
    select from pg_catalog.pg_trigger held
    where held.tgrelid = ${key}.conrelid and held.tgfoid = pg_catalog.to_regprocedure('rowhouse.hold_reference()')
      and held.tgtype = 21 and held.tgqual is null and held.tgattr::text = '' and held.tgenabled in ('O', 'A')
      and held.tgargs = ${inBytes(`${key}.conname::text`)} || pg_catalog.decode('00', 'hex') || ${inBytes(column)} || pg_catalog.decode('00', 'hex'))`;
}
