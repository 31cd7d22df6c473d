import { getDMMF } from "@prisma/internals";
import type pg from "pg";

/** Where a Prisma schema and the tables of its models differ in columns, nullability, unique keys and indexes: a line each. */
export async function schemaDrift(client: pg.Client, schema: string): Promise<string[]> {
  const { models, indexes } = (await getDMMF({ datamodel: schema })).datamodel;
  const said = models.flatMap(({ name, dbName, fields, primaryKey, uniqueFields }) => {
    const table = dbName ?? name;
    const columns = fields.filter(({ kind }) => kind !== "object");
    const column = (wanted: string): string => columns.find((each) => each.name === wanted)?.dbName ?? wanted;
    const key = (kind: string, names: readonly string[]): string => `${kind} ${table} ${names.map(column).join()}`;
    const others = indexes.filter(({ model, type }) => model === name && type === "normal");
    return [
      ...columns.map(({ name: field, isRequired }) => `column ${table} ${column(field)} ${isRequired}`),
      ...(primaryKey === null ? [] : [key("unique", primaryKey.fields)]),
      ...columns.filter(({ isId, isUnique }) => isId || isUnique).map(({ name: field }) => key("unique", [field])),
      ...uniqueFields.map((names) => key("unique", names)),
      ...others.map((index) =>
        key(
          "index",
          index.fields.map((each) => each.name),
        ),
      ),
    ];
  });
  const { rows } = await client.query<{ line: string }>(there, [models.map(({ name, dbName }) => dbName ?? name)]);
  const found = rows.map(({ line }) => line);
  return [
    ...said.filter((line) => !found.includes(line)).map((line) => `in the schema: ${line}`),
    ...found.filter((line) => !said.includes(line)).map((line) => `in the database: ${line}`),
  ];
}

const there = `
  with tables as (select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relname = any ($1) and c.relkind = 'r' and n.nspname in ('public', 'auth'))
  select format('column %s %s %s', t.relname, a.attname, case when a.attnotnull then 'true' else 'false' end) as line
  from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  union all
  select format('%s %s %s', case when i.indisunique then 'unique' else 'index' end, t.relname, (select string_agg(a.attname, ',' order by k.place)
    from unnest(i.indkey) with ordinality k (number, place) join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number))
  from tables t join pg_index i on i.indrelid = t.oid`;
