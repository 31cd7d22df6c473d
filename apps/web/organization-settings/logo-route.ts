import { RowhouseError } from "rowhouse";
import { largestLogo, logoVersion, removeLogo, serveLogo, setLogo } from "rowhouse/files";
import type { Tenant } from "@/tenancy/tenancy";
import { fileStore } from "./file-store";

type Answer = (response: Response) => void;

export async function answerLogo(tenant: Tenant, request: Request, answer: Answer): Promise<void> {
  answer(await serveLogo(tenant, fileStore(), request));
}

/** The body is the picture itself. What it is, is read from its content: its media type is a claim. */
export async function storeLogo(tenant: Tenant, request: Request, answer: Answer): Promise<void> {
  const { logoKey } = await setLogo(tenant, fileStore(), await readPicture(request));
  answer(Response.json({ version: logoVersion(logoKey) }, { headers: { "cache-control": "no-store" } }));
}

export async function deleteLogo(tenant: Tenant, _request: Request, answer: Answer): Promise<void> {
  await removeLogo(tenant, fileStore());
  answer(new Response(null, { status: 204 }));
}

/** Counted while it arrives: a body of unknown length costs no more than the limit. */
async function readPicture(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > largestLogo) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return Buffer.concat(pieces);
    length += value.byteLength;
    if (length > largestLogo) {
      await reader?.cancel();
      throw tooLarge();
    }
    pieces.push(value);
  }
}

function tooLarge(): RowhouseError {
  const message = "Use a picture of at most 1 MB.";
  return new RowhouseError("PAYLOAD_TOO_LARGE", message, { fields: [{ field: "logo", message, code: "TOO_LARGE" }] });
}
