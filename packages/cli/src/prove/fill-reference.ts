import type { Option } from "commander";
import type { Attack } from "./attack.ts";

/** Fills the parts of a page that are written by a program: what stands between `<!-- name -->` and `<!-- /name -->`. @throws Error when a part has no place */
export function fillReference(page: string, parts: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(parts).reduce((text, [name, lines]) => {
    const place = new RegExp(`(<!-- ${name}:[^>]*-->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!place.test(text))
      throw new Error(`The page has no place for ${name}: <!-- ${name}: … --> and <!-- /${name} -->.`);
    return text.replace(place, (_, start: string, end: string) => `${start}\n${lines.join("\n")}\n${end}`);
  }, page);
}

/** The table of all attacks, by the numbers of the matrix's columns. */
export function renderAttacks(attacks: readonly Attack[]): readonly string[] {
  return renderTable(
    ["", "attack", "name", "level", "what is tried, and what a crossing is"],
    attacks.map(({ name, title, level, explains }, index) => [
      String(index + 1),
      `**${title}**`,
      `\`${name}\``,
      level,
      explains,
    ]),
  );
}

/** The table of a command's options. */
export function renderOptions(options: readonly Option[]): readonly string[] {
  return renderTable(
    ["option", "does"],
    options.map(({ flags, description, argChoices, defaultValue }) => [
      `\`${flags}\``,
      [
        description,
        ...(argChoices === undefined ? [] : [argChoices.map((choice) => `\`${choice}\``).join(", ")]),
        ...(defaultValue === undefined ? [] : [`by default \`${String(defaultValue)}\``]),
      ].join("; "),
    ]),
  );
}

function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (fields: readonly string[]): string =>
    `| ${fields.map((field) => field.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}
