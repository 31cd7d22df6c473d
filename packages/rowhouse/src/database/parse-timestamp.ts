type Parse = (text: string) => unknown;

/**
 * Reads timestamps in the one form that Postgres writes nearly all of them in, `2026-11-21 12:08:40.123456+00`; every other
 * form (other offsets, infinity, years before Christ or after 9999) goes to `parseAny`. Dates are most of what a list costs
 * its client, and this takes a fifth of the time of a regular expression.
 */
export function parseTimestampOr(parseAny: Parse): Parse {
  return (text) => {
    const milliseconds = readUtc(text);
    return Number.isNaN(milliseconds) ? parseAny(text) : new Date(milliseconds);
  };
}

const zero = 48;
const dash = 45;
const space = 32;
const colon = 58;
const dot = 46;
const plus = 43;

/** Milliseconds since 1970, or NaN for another form. */
function readUtc(text: string): number {
  const { length } = text;
  if (length < 22 || length > 29) return NaN;
  if (
    text.charCodeAt(4) !== dash ||
    text.charCodeAt(7) !== dash ||
    text.charCodeAt(10) !== space ||
    text.charCodeAt(13) !== colon ||
    text.charCodeAt(16) !== colon ||
    text.charCodeAt(length - 3) !== plus ||
    twoDigits(text, length - 2) !== 0
  ) {
    return NaN;
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  // Date.UTC takes the years 0 to 99 for those of the last century.
  if (year < 100) return NaN;
  const fraction = length === 22 ? 0 : readMilliseconds(text, length - 3);
  const [month, day, hour] = [twoDigits(text, 5), twoDigits(text, 8), twoDigits(text, 11)];
  return Date.UTC(year, month - 1, day, hour, twoDigits(text, 14), twoDigits(text, 17), fraction);
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const units = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : NaN;
}

/** Digits after the dot at 19, to the third: what is finer than milliseconds a Date cannot hold. */
function readMilliseconds(text: string, end: number): number {
  if (text.charCodeAt(19) !== dot) return NaN;
  let value = 0;
  for (let index = 20; index < 23; index += 1) {
    const digit = index < end ? text.charCodeAt(index) - zero : 0;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
