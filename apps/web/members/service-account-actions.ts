"use server";

import {
  changeServiceAccountRole,
  createServiceAccount as create,
  disableServiceAccount,
  enableServiceAccount,
  renameServiceAccount,
  type ServiceAccount,
  type ServiceAccountRole,
} from "rowhouse";
import { runOrganizationAction } from "@/tenancy/actions";
import type { ActionResult } from "@/tenancy/problem";
import { newServiceAccountInput, serviceAccountChangeInput } from "./inputs";

export async function createServiceAccount(
  orgSlug: string,
  form: { name: string; role: ServiceAccountRole },
): Promise<ActionResult<ServiceAccount>> {
  return runOrganizationAction(orgSlug, form, {
    permission: "service-accounts:create",
    input: newServiceAccountInput,
    run: create,
  });
}

export async function changeServiceAccount(
  orgSlug: string,
  serviceAccountId: string,
  change: { name: string } | { role: ServiceAccountRole } | { status: ServiceAccount["status"] },
): Promise<ActionResult<ServiceAccount>> {
  return runOrganizationAction(
    orgSlug,
    { ...change, serviceAccountId },
    {
      permission: "service-accounts:update",
      input: serviceAccountChangeInput,
      run: async (tenant, input) => {
        if ("name" in input) return renameServiceAccount(tenant, input);
        if ("role" in input) return changeServiceAccountRole(tenant, input);
        return (input.status === "disabled" ? disableServiceAccount : enableServiceAccount)(tenant, input);
      },
    },
  );
}
