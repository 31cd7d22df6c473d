import { randomBytes } from "node:crypto";

/** Unique to one value and to find in an output: "rowhouse-prove A 3f9c…", cut to `length` with the unique part kept. */
export function partyMark(party: string, length = 200): string {
  const token = randomBytes(8).toString("hex");
  const mark = `rowhouse-prove ${party} ${token}`;
  return mark.length <= length ? mark : `${party}${token}`.slice(0, length);
}
