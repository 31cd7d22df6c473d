import { RowhouseError } from "../errors.ts";

/**
 * The outcome of `work`, or an error as soon as the signal fires, also when the work does not listen to it.
 *
 * @throws RowhouseError CANCELED
 */
export async function endBefore<T>(signal: AbortSignal, what: string, work: () => Promise<T>): Promise<T> {
  const refusal = (): RowhouseError => new RowhouseError("CANCELED", `${what} was stopped before its end.`);
  if (signal.aborted) throw refusal();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(refusal());
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
}
