/**
 * A line of constant latency: what is pushed comes out `delayMs` later, in order, however much is on the line. The last
 * two milliseconds are waited for by polling between I/O events, since a timer only knows whole milliseconds; nothing polls
 * while the line is empty.
 */
export class LatencyLine {
  delayMs: number;
  #queue: { due: number; deliver: () => void }[] = [];
  #paused = false;
  #waiting = false;

  constructor(delayMs: number) {
    this.delayMs = delayMs;
  }

  push(deliver: () => void): void {
    if (this.delayMs === 0 && !this.#paused && this.#queue.length === 0) {
      deliver();
      return;
    }
    this.#queue.push({ due: performance.now() + this.delayMs, deliver });
    this.#wait();
  }

  /** Holds everything back until `resume`. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wait();
  }

  clear(): void {
    this.#queue = [];
  }

  #wait(): void {
    const head = this.#queue[0];
    if (head === undefined || this.#waiting || this.#paused) return;
    this.#waiting = true;
    const remaining = head.due - performance.now();
    const wake = (): void => {
      this.#waiting = false;
      this.#deliverDue();
      this.#wait();
    };
    if (remaining > POLLED_MS) setTimeout(wake, Math.floor(remaining - POLLED_MS));
    else setImmediate(wake);
  }

  #deliverDue(): void {
    if (this.#paused) return;
    const now = performance.now();
    const firstLater = this.#queue.findIndex(({ due }) => due > now);
    const due = this.#queue.splice(0, firstLater === -1 ? this.#queue.length : firstLater);
    for (const { deliver } of due) deliver();
  }
}

/** How late a Node timer may be; the rest of a wait is polled. */
const POLLED_MS = 2;
