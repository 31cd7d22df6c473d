import fc from "fast-check";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { parseTimestampOr } from "../../src/database/parse-timestamp.ts";
import { toResultColumns } from "../../src/database/result-columns.ts";

const timestamptz = 1184;
const parseDate = pg.types.getTypeParser(timestamptz, "text") as (text: string) => unknown;
const parse = parseTimestampOr(() => "another form");

/** As Postgres writes it: fractions without their last zeros. */
function written(date: Date, microseconds: number): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  const fraction = `${time.slice(9, 12)}${String(microseconds).padStart(3, "0")}`.replace(/0+$/, "");
  return `${day} ${time.slice(0, 8)}${fraction === "" ? "" : `.${fraction}`}+00`;
}

describe("a timestamp", () => {
  it("is the instant that node-postgres reads, for each that a Date can tell apart", () => {
    const range = {
      min: new Date("0100-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(range), fc.integer({ min: 0, max: 999 }), (date, microseconds) => {
        expect(parse(written(date, microseconds))).toEqual(date);
        expect(parseDate(written(date, microseconds))).toEqual(date);
      }),
    );
  });

  it.each([
    "infinity",
    "-infinity",
    "0044-03-15 12:00:00+00 BC",
    "0044-03-15 12:00:00+00",
    "12026-11-21 12:08:40+00",
    "2026-11-21 12:08:40+02",
    "2026-11-21 12:08:40-00",
    "2026-11-21 12:08:40.5+05:30",
    "2026-11-21",
    "21/11/2026 12:08:40.123 UTC",
    "2026-1x-21 12:08:40+00",
    "2026-11-21 12:08:40,123+00",
    "",
  ])("in the form %j is left to the parser for every form", (text) => {
    expect(parse(text)).toBe("another form");
  });

  it("of a result takes the short way: node-postgres's own parser still has the name it is known by", () => {
    expect(parseDate.name).toBe("parseDate");
  });

  it("is read by the parser that the application registered, where it registered one", () => {
    const before = pg.types.getTypeParser(timestamptz, "text") as (text: string) => unknown;
    pg.types.setTypeParser(timestamptz, (text) => `mine: ${text}`);
    try {
      const [column] = toResultColumns([{ name: "at", dataTypeID: timestamptz }]);
      expect(column?.parse("2026-11-21 12:08:40+00")).toBe("mine: 2026-11-21 12:08:40+00");
    } finally {
      pg.types.setTypeParser(timestamptz, before);
    }
  });
});
