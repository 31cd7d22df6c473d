/**
 * The moment at which a day, as `2026-01-31`, begins in a time zone.
 *
 * Where clocks are put forward at midnight it is the first moment that there is.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(day);
  // The offset there is not known before the moment is: a guess first, then the offset at the guess.
  const guess = midnight - offsetAt(midnight, timeZone);
  const corrected = midnight - offsetAt(guess, timeZone);
  const start = offsetAt(corrected, timeZone) === offsetAt(guess, timeZone) ? corrected : Math.max(guess, corrected);
  return new Date(start);
}

/** How many milliseconds the clocks of a time zone are ahead of UTC. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(moment);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return shown - Math.floor(moment / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}
