import type pg from "pg";
import { slugFromName } from "rowhouse/migrations";

/** The library's transliteration, letter by letter, for slugs that the database makes by itself. */
export async function fillLetters(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>(
    "select exists (select from rowhouse_convert.letters) as found",
  );
  if (rows[0]?.found === true) return;
  await client.query("insert into rowhouse_convert.letters select * from json_each_text($1) on conflict do nothing", [
    JSON.stringify(letters()),
  ]);
  await client.query("analyze rowhouse_convert.letters");
}

/** Each letter that is not ASCII and that the library writes in ASCII: alphabets, and the common ideographs. */
function letters(): Record<string, string> {
  const found: Record<string, string> = {};
  const ranges: readonly (readonly [number, number])[] = [
    [0xa0, 0x1200],
    [0x1e00, 0x2000],
    [0x3040, 0x3100],
    [0x4e00, 0x9fff],
    [0xac00, 0xd7a3],
  ];
  for (const [from, to] of ranges)
    for (let code = from; code < to; code += 1) {
      const letter = String.fromCharCode(code);
      // The x keeps a syllable that is a reserved word by itself.
      const ascii = slugFromName(`x${letter}`)?.slice(1);
      if (ascii !== undefined && ascii !== "") found[letter] = ascii;
    }
  return found;
}
