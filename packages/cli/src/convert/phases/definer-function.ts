/**
 * A function that does what its owner may, for whoever calls it or whose statement fires it. Names of the application are part of its
 * body, and a name may hold what would end the body.
 *
 * @param head as `rowhouse_convert.sign_up() returns trigger`
 * @param body of plpgsql, from `begin` or `declare` to `end`
 */
export function definerFunction(head: string, body: string): string {
  let quote = "$$";
  for (let number = 1; body.includes(quote); number += 1) quote = `$body${number}$`;
  return `create or replace function ${head}
    language plpgsql security definer set search_path = ''
    as ${quote} ${body} ${quote}`;
}
