"use server";

import { createApiKey, revokeApiKey, rotateApiKey } from "rowhouse";
import { z } from "zod";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";

/** The rules are the library's; here is only the shape. */
const newKeyInput = z.strictObject({
  name: z.string().max(10_000),
  scopes: z.array(z.string().max(200)).max(500),
  days: z.int().min(1).max(3660).nullable(),
  serviceAccountId: z.string().max(100).nullable(),
});
const keyInput = z.strictObject({ keyId: z.string().max(100) });

export type NewKeyForm = z.input<typeof newKeyInput>;

/** A key's text, for the one who asked and now or never. */
export interface ShownKey {
  readonly key: string;
  readonly name: string;
}

const day = 86_400_000;

export async function createKey(orgSlug: string, form: NewKeyForm): Promise<ActionResult<ShownKey>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "api-keys:create",
    input: newKeyInput,
    run: async (tenant, { name, scopes, days, serviceAccountId }) => {
      const expiresAt = days === null ? null : new Date(Date.now() + days * day);
      const { key, record } = await createApiKey(tenant, {
        name,
        scopes,
        expiresAt,
        serviceAccountId: serviceAccountId ?? undefined,
      });
      return { key, name: record.name };
    },
  });
}

export async function rotateKey(orgSlug: string, form: { keyId: string }): Promise<ActionResult<ShownKey>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "api-keys:revoke",
    input: keyInput,
    run: async (tenant, input) => {
      const { key, record } = await rotateApiKey(tenant, input);
      return { key, name: record.name };
    },
  });
}

export async function revokeKey(orgSlug: string, form: { keyId: string }): Promise<ActionResult> {
  return runOrganizationAction(orgSlug, form, {
    permission: "api-keys:revoke",
    input: keyInput,
    run: async (tenant, input) => {
      await revokeApiKey(tenant, input);
      return undefined;
    },
  });
}
