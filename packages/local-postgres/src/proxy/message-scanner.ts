/** What a scanner reads next: a message with a type byte, one without (before the session begins), or a single byte. */
export type Framing = "typed" | "untyped" | "byte" | "opaque";

/** A message's type letter; for an untyped one its 32-bit request code; for a single byte the byte. */
export type MessageListener = (message: { letter: string; requestCode: number }) => void;

/**
 * Finds the borders of Postgres protocol messages in a stream of chunks, without keeping their bodies. The listener may
 * change `framing` for what follows.
 */
export class MessageScanner {
  framing: Framing;
  #listener: MessageListener;
  #header = Buffer.alloc(8);
  #headerLength = 0;
  #bodyLeft = 0;

  constructor(framing: Framing, listener: MessageListener) {
    this.framing = framing;
    this.#listener = listener;
  }

  scan(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length && this.framing !== "opaque") {
      if (this.#bodyLeft > 0) {
        const skipped = Math.min(this.#bodyLeft, chunk.length - position);
        this.#bodyLeft -= skipped;
        position += skipped;
        continue;
      }
      const copied = chunk.copy(this.#header, this.#headerLength, position, position + this.#headerNeeded());
      this.#headerLength += copied;
      position += copied;
      if (this.#headerNeeded() === 0) this.#announce();
    }
  }

  #headerNeeded(): number {
    return { byte: 1, typed: 5, untyped: 8, opaque: 0 }[this.framing] - this.#headerLength;
  }

  #announce(): void {
    const { framing } = this;
    this.#headerLength = 0;
    // The length counts itself (4 bytes), and in an untyped message the request code has been read as well.
    if (framing === "typed") this.#bodyLeft = this.#header.readInt32BE(1) - 4;
    if (framing === "untyped") this.#bodyLeft = this.#header.readInt32BE(0) - 8;
    this.#listener({
      letter: framing === "untyped" ? "" : this.#header.toString("latin1", 0, 1),
      requestCode: framing === "untyped" ? this.#header.readInt32BE(4) : 0,
    });
  }
}
