import { useFormatter } from "next-intl";

/** A day in words, the same on the server and in every browser. */
export function ShortDate({ date }: { date: Date }) {
  return <time dateTime={date.toISOString()}>{useFormatter().dateTime(date, { dateStyle: "medium" })}</time>;
}
