import type { Role } from "rowhouse";
import { Badge } from "@/design/badge";
import { useRoleName } from "@/members/role-name";

/** A role in a list. */
export function RoleBadge({ role }: { role: Role }) {
  const roleName = useRoleName();
  return <Badge tone={role === "owner" ? "accent" : "neutral"}>{roleName(role)}</Badge>;
}
