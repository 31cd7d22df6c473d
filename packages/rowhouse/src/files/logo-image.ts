import { RowhouseError, type ErrorCode } from "../errors.ts";

/** One megabyte. */
export const largestLogo = 1_048_576;

/** A picture of this many pixels takes 64 MB when it is unpacked; a file of one megabyte can claim a thousand times that. */
const mostPixels = 4096 * 4096;

/**
 * Makes a logo of an uploaded picture: at most 256 × 256, WebP, without whatever else was in the file. What it is, is read from
 * its content; its name and its `Content-Type` are not asked.
 *
 * @throws RowhouseError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for anything but PNG, JPEG and WebP, INVALID_INPUT for one
 *   that is broken or unpacks to too much
 */
export async function makeLogo(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.byteLength > largestLogo) throw refuse("PAYLOAD_TOO_LARGE", "Use a picture of at most 1 MB.");
  const format = sniffFormat(bytes);
  if (format === undefined) throw refuse("UNSUPPORTED_MEDIA_TYPE", "Use a PNG, JPEG or WebP picture.");
  const sharp = await loadSharp();
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", autoOrient: true });
    const { format: read } = await picture.metadata();
    if (read !== format) throw new Error(`A file that begins like ${format} was read as ${read}.`);
    return await picture
      .resize(256, 256, { fit: "inside", withoutEnlargement: true })
      .toColorspace("srgb")
      .webp({ quality: 90 })
      .timeout({ seconds: 10 })
      .toBuffer();
  } catch (cause) {
    throw refuse("INVALID_INPUT", "This picture is broken, or larger than 16 million pixels.", cause);
  }
}

function sniffFormat(bytes: Uint8Array): "png" | "jpeg" | "webp" | undefined {
  const head = Buffer.from(bytes.subarray(0, 12));
  if (head.subarray(0, 8).equals(Buffer.from("89504e470d0a1a0a", "hex"))) return "png";
  if (head.subarray(0, 3).equals(Buffer.from("ffd8ff", "hex"))) return "jpeg";
  if (head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP") return "webp";
  return undefined;
}

/** Only who takes logos needs it: it is an optional peer of the library. */
async function loadSharp() {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new RowhouseError("INVALID_SETTINGS", "Logos need the package sharp: npm install sharp.", { cause });
  }
}

function refuse(code: ErrorCode, message: string, cause?: unknown): RowhouseError {
  return new RowhouseError(code, message, {
    cause,
    fields: [{ field: "logo", message, code: code === "PAYLOAD_TOO_LARGE" ? "TOO_LARGE" : "WRONG_FORM" }],
  });
}
