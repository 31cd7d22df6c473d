import { RowhouseError } from "../errors.ts";

/** Bytes; more than a body can need unless its endpoint says otherwise. */
export const usualLimit = 64 * 1024;

/**
 * The body, parsed. It is counted while it arrives, so that a body of unknown length costs no more than the limit.
 *
 * @throws RowhouseError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_INPUT
 */
export async function readJsonBody(request: Request, limit = usualLimit): Promise<unknown> {
  const [mediaType = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== "application/json") {
    throw new RowhouseError("UNSUPPORTED_MEDIA_TYPE", "Send the body as JSON, with content-type: application/json.");
  }
  const bytes = await readBytes(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RowhouseError("INVALID_INPUT", "The body is not valid JSON in UTF-8.", { cause: error });
  }
}

/**
 * The body as it came, counted while it arrives.
 *
 * @throws RowhouseError PAYLOAD_TOO_LARGE, CANCELED
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(request)) {
    length += chunk.byteLength;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Leaving the loop early gives up the rest of the body. */
async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  const reader = request.body.getReader();
  let complete = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        complete = true;
        throw new RowhouseError("CANCELED", "The body broke off.", { cause: error });
      });
      complete ||= done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!complete) await reader.cancel();
  }
}

function tooLarge(limit: number): RowhouseError {
  return new RowhouseError("PAYLOAD_TOO_LARGE", `The body is larger than ${limit / 1024} kB. Send less at a time.`);
}
