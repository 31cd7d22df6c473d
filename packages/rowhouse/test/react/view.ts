import type { OrganizationView } from "../../src/react/index.ts";

/** A view of the organization `acme` for somebody who belongs to these. */
export function viewOf(names: readonly string[] = ["Acme"]): OrganizationView {
  const organizations = names.map((name) => ({
    slug: name.toLowerCase().replace(/[^a-z]+/g, "-"),
    name,
    role: "member" as const,
  }));
  return {
    organization: { id: "0", slug: "acme", name: "Acme" },
    role: "member",
    permissions: ["projects:read"],
    organizations,
  };
}
