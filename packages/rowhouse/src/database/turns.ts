/** Tells how a turn ended, once. What comes with an error is not read. */
export type Settle<T> = (error: Error | null, result: T) => void;

/**
 * Work on one connection, a piece at a time: node-postgres wants one statement of a client to end before the next is handed
 * over. One promise a piece, since each further one is paid for by every statement, above all where AsyncLocalStorage is in use.
 */
export class Turns<T> {
  #isBusy = false;
  readonly #waiting: (() => void)[] = [];

  /** `assertOpen` is asked now, in whose name the work is: a turn begins in the name of whoever was before. */
  take(work: (settle: Settle<T>) => void, assertOpen?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      assertOpen?.();
      const start = (): void => {
        try {
          work((error, result) => {
            if (error === null) resolve(result);
            else reject(error);
            this.#end();
          });
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          this.#end();
        }
      };
      if (this.#isBusy) this.#waiting.push(start);
      else {
        this.#isBusy = true;
        start();
      }
    });
  }

  #end(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isBusy = false;
    else next();
  }
}
