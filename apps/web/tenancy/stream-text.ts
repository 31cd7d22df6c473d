import { RowhouseError } from "rowhouse";

/**
 * Sends pieces of text as they come, no faster than they are taken. `start` gets the body once the first piece is there:
 * what fails before can still be answered with a refusal; what fails after breaks the body off, so that nobody takes a part
 * for the whole.
 *
 * @throws RowhouseError CANCELED when the reader goes away, and what the pieces throw
 */
export async function streamText(
  pieces: AsyncIterable<string>,
  start: (body: ReadableStream<Uint8Array<ArrayBuffer>>) => void,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  const { readable, writable } = new TextEncoderStream();
  const writer = writable.getWriter();
  start(readable);
  try {
    for (let piece = first; piece.done !== true; piece = await iterator.next())
      await writer.write(piece.value).catch(rethrowCanceled);
    await writer.close().catch(rethrowCanceled);
  } catch (error) {
    await writer.abort(error).catch(() => undefined); // the reader may have gone already
    throw error;
  } finally {
    await iterator.return?.();
  }
}

function rethrowCanceled(cause: unknown): never {
  throw new RowhouseError("CANCELED", "The reader went away before the end.", { cause });
}
