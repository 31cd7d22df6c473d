import { Check, Minus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { type PermissionRow, type Role, roles } from "rowhouse";
import { classNames } from "@/design/class-names";
import { capitalize } from "@/members/role-name";

/** Who may do what: made of the table that decides it, so that it cannot say anything else. */
export async function RoleMatrix({ rows, own }: { rows: readonly PermissionRow[]; own: Role }) {
  const t = await getTranslations("members");
  const roleName = await getTranslations("roles");
  const resources = [...new Set(rows.map(({ resource }) => resource))];
  // What the table grows by is shown by its own name until somebody gives it another.
  const label = (kind: "resources" | "actions", name: string) => {
    const key = `${kind}.${name}` as "resources.projects";
    return t.has(key) ? t(key) : name;
  };
  return (
    <>
      <p className="mb-4 max-w-prose text-muted">{t("matrix.description", { role: roleName(own) })}</p>
      <div className="rounded-xl border border-line bg-surface shadow-card">
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">{t("matrix.caption")}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-[34%] px-3 py-3 text-start text-sm font-medium text-muted md:w-2/5 md:px-4">
                {t("matrix.action")}
              </th>
              {roles.map((role) => (
                <th
                  key={role}
                  scope="col"
                  className={classNames(
                    "px-0.5 py-3 text-center text-xs font-semibold md:text-sm",
                    role === own ? "text-accent" : "text-muted",
                  )}
                >
                  {capitalize(roleName(role))}
                  {role === own ? <span className="sr-only"> ({t("matrix.yours")})</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          {resources.map((resource) => (
            <tbody key={resource}>
              <tr className="border-t border-line bg-subtle">
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 1}
                  className="px-3 py-1.5 text-start font-semibold md:px-4"
                >
                  {label("resources", resource)}
                </th>
              </tr>
              {rows
                .filter((row) => row.resource === resource)
                .map((row) => (
                  <tr key={row.action} className="border-t border-line">
                    <th scope="row" className="px-3 py-2 text-start font-normal [overflow-wrap:anywhere] md:px-4">
                      {label("actions", row.action)}
                    </th>
                    {roles.map((role) => (
                      <MatrixCell key={role} allowed={row.roles[role]} yes={t("matrix.yes")} no={t("matrix.no")} />
                    ))}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

function MatrixCell({ allowed, yes, no }: { allowed: boolean; yes: string; no: string }) {
  const Icon = allowed ? Check : Minus;
  return (
    <td className="px-0.5 py-2">
      <Icon aria-hidden className={classNames("mx-auto size-4", allowed ? "text-accent" : "text-control-line")} />
      <span className="sr-only">{allowed ? yes : no}</span>
    </td>
  );
}
