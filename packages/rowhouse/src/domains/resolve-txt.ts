import { Resolver } from "node:dns/promises";

/**
 * The TXT records of a name, each as one text; none when there is none. Throws when there was no answer, which says nothing
 * about the records.
 */
export type TxtResolver = (name: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface TxtAnswer {
  /** `undefined` when there was no answer. */
  readonly records: readonly string[] | undefined;
}

const longestWaitMs = 10_000;

/** Asks these name servers, or those of this machine. */
export function txtResolver({ servers }: { readonly servers?: readonly string[] | undefined } = {}): TxtResolver {
  return async (name, signal) => {
    const resolver = new Resolver({ timeout: 3_000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const records = await resolver.resolveTxt(name);
      return records.map((chunks) => chunks.join(""));
    } catch (error) {
      if (isAbsence(error)) return [];
      throw error;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}

/** {@link TxtResolver} with an end: whoever waits for it is a person, or a night with many domains. */
export async function askForTxt(resolver: TxtResolver, name: string, waitMs = longestWaitMs): Promise<TxtAnswer> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<TxtAnswer>((resolve) => {
    timer = setTimeout(() => {
      abort.abort();
      resolve({ records: undefined });
    }, waitMs);
  });
  try {
    // Why there was no answer is for whoever runs the name servers; to a domain it is all the same.
    const answer = Promise.resolve(resolver(name, abort.signal)).then(
      (records): TxtAnswer => ({ records }),
      (): TxtAnswer => ({ records: undefined }),
    );
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOTFOUND" || error.code === "ENODATA");
}
