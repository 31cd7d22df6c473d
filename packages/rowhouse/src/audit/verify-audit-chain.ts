import { RowhouseError } from "../errors.ts";
import { controlPlaneOf } from "../tenant/control-plane-of.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { verifyChain, type AuditVerification, type VerifyOptions } from "./verify-chain.ts";

/**
 * Whether the organization's audit log is as it was written: no event edited, removed or moved. Whoever can write every
 * table can also write the whole chain anew; to notice that, keep a head elsewhere and give it as `expect`.
 *
 * @throws RowhouseError FORBIDDEN without audit:read, INVALID_INPUT
 */
export async function verifyAuditChain<DB, P extends string>(
  tenant: Tenant<DB, P | "audit:read">,
  options: VerifyOptions = {},
): Promise<AuditVerification> {
  tenant.assertCan("audit:read");
  if (options.expect !== undefined && !isAuditHash(options.expect)) {
    throw new RowhouseError("INVALID_INPUT", "The expected head is the hash of an event.", {
      fields: [{ field: "expect", message: "Give 64 hexadecimal digits.", code: "WRONG_FORM" }],
    });
  }
  return verifyChain(controlPlaneOf(tenant), tenant.organization.id, options);
}

/** True for the hash of an event as it is shown: 64 hexadecimal digits. */
export function isAuditHash(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}
