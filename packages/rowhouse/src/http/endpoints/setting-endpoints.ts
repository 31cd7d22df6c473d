import { z } from "zod";
import { RowhouseError } from "../../errors.ts";
import { changeSetting } from "../../organization-settings/change-setting.ts";
import { defineOrganizationSettings } from "../../organization-settings/define-organization-settings.ts";
import { getSettings } from "../../organization-settings/get-settings.ts";
import type { ApiParts } from "../api-parts.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";

const none = defineOrganizationSettings({});

const read = organizationEndpoint(
  {
    method: "get",
    path: "/settings",
    summary: "What holds in the organization, with the version of each setting",
    permission: "settings:read",
    status: 200,
    answer: z.object({
      values: z.record(z.string(), z.unknown()),
      versions: z.record(z.string(), z.int()),
    }),
  },
  async (tenant, { api }) => ({ body: await getSettings(tenant, definitionOf(api)) }),
);

const change = organizationEndpoint(
  {
    method: "put",
    path: "/settings/{key}",
    summary: "Choose a setting. With the version that was read, nobody's faster choice is overwritten",
    permission: "settings:update",
    body: z
      .strictObject({ value: z.unknown().optional(), version: z.int("Use the version that was read.").optional() })
      .refine((given) => given.value !== undefined, { path: ["value"], message: "Give a value." }),
    status: 200,
    answer: z.object({ key: z.string(), value: z.unknown(), version: z.int() }),
    refusals: [409],
  },
  async (tenant, { parameters: { key = "" }, body, api }) => {
    const definition = definitionOf(api);
    if (!Object.hasOwn(definition.settings, key)) throw new RowhouseError("NOT_FOUND", "There is no such setting.");
    return { body: await changeSetting(tenant, definition, { key, value: body.value, version: body.version }) };
  },
);

function definitionOf({ settings }: ApiParts): NonNullable<ApiParts["settings"]> {
  return settings ?? none;
}

/** The application's settings of an organization. */
export const settingEndpoints: readonly Endpoint[] = [read, change];
