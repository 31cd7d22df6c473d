import type { Table } from "../catalog/catalog.ts";
import { hasColumn, isChosenFrom, type Situation } from "./situation.ts";
import type { Way } from "./way.ts";
import { snakeOf } from "./words.ts";

/** Whether rows without an owner are meant for everybody, rather than left behind or written by guests. */
export function isMixed(
  situation: Situation,
  { table, way, ownerless }: { table: Table; way: Way; ownerless: number | null },
): boolean {
  const { by } = way.derivation;
  if (way.optional.length === 0 || (by !== "user" && by !== "team" && by !== "coalesce")) return false;
  const saysSo = hasColumn(
    table,
    /^(is_)?(system|builtin|built_in|default|global|predefined|official|preset|is_system_.*)$/,
  );
  const named = hasColumn(table, /^(name|label|symbol|code|key|slug)$/);
  const isTemplate = /(template|preset|default|prototype|catalog|theme)s?$/.test(snakeOf(table.name));
  const isSetting = hasColumn(table, /^key$/) && hasColumn(table, /^value$/);
  // Whoever writes without an account leaves rows without an owner, which are nobody else's.
  if (ownerless === 0 || hasColumn(table, /^(guest|anonymous|visitor)/)) return false;
  if (ownerless === null) return saysSo && named;
  return (
    saysSo ||
    isSetting ||
    (named && isChosenFrom(situation, table)) ||
    (isTemplate && hasColumn(table, /^(name|title)$/))
  );
}
