import { roles } from "rowhouse";
import { z } from "zod";
import { id, lineOfText } from "@/tenancy/parse-input";

export const role = z.enum(roles, "Choose a role.");

export const memberInput = z.strictObject({ userId: id });

export const memberRoleInput = z.strictObject({ userId: id, role });

const machineRole = role.exclude(["owner"], "Choose admin, member or viewer.");

export const newServiceAccountInput = z.strictObject({ name: lineOfText("a name", 100), role: machineRole });

export const serviceAccountInput = z.strictObject({ serviceAccountId: id });

/** What changes on a service account: one thing at a time. */
export const serviceAccountChangeInput = z.union([
  z.strictObject({ serviceAccountId: id, name: lineOfText("a name", 100) }),
  z.strictObject({ serviceAccountId: id, role: machineRole }),
  z.strictObject({ serviceAccountId: id, status: z.enum(["active", "disabled"]) }),
]);
