import { z } from "zod";
import { RowhouseError } from "../../errors.ts";
import type { FileStore } from "../../files/file-store.ts";
import { largestLogo } from "../../files/logo-image.ts";
import { logoVersion, serveLogo } from "../../files/serve-logo.ts";
import { removeLogo, setLogo } from "../../files/set-logo.ts";
import type { ApiParts } from "../api-parts.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { readBytes } from "../read-json-body.ts";

const read = organizationEndpoint(
  {
    method: "get",
    path: "/logo",
    summary: "The logo. With its version as `v` the answer may be kept for ever",
    permission: "organization:read",
    query: z.strictObject({ v: z.string("Give it once.").max(100, "This is no version of a logo.").optional() }),
    status: 200,
    files: ["image/webp"],
  },
  async (tenant, { api, request }) => ({ response: await serveLogo(tenant, storeOf(api), request) }),
);

const change = organizationEndpoint(
  {
    method: "put",
    path: "/logo",
    summary: "Give the organization a logo; what the file is, is read from its content",
    permission: "organization:update",
    takesFile: ["image/png", "image/jpeg", "image/webp"],
    status: 200,
    answer: z.object({ version: z.string() }),
    refusals: [400, 503],
  },
  async (tenant, { api, request }) => {
    const { logoKey } = await setLogo(tenant, storeOf(api), await readBytes(request, largestLogo));
    return { body: { version: logoVersion(logoKey) } };
  },
);

const remove = organizationEndpoint(
  {
    method: "delete",
    path: "/logo",
    summary: "The organization has no logo any more",
    permission: "organization:update",
    status: 204,
  },
  async (tenant, { api }) => {
    await removeLogo(tenant, storeOf(api));
    return {};
  },
);

function storeOf({ files }: ApiParts): FileStore {
  if (files !== undefined) return files();
  throw new RowhouseError("INVALID_SETTINGS", "There is no place for files: give createApi `files`.");
}

/** The organization's logo. */
export const logoEndpoints: readonly Endpoint[] = [read, change, remove];
