import { useTranslations } from "next-intl";
import type { ChangeLine } from "@/audit/change-lines";

/** What an event changed: a table on a desk, one value under the other on a phone. Colour is not all that tells before from after. */
export function ChangeTable({ lines }: { lines: readonly ChangeLine[] }) {
  const t = useTranslations("audit");
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-lg border border-line bg-surface text-sm">
      <caption className="sr-only">{t("changes")}</caption>
      <thead>
        <tr className="text-start text-muted">
          <th scope="col" className="px-2 py-1.5 text-start font-medium sm:px-3">
            {t("value")}
          </th>
          <th scope="col" className="px-2 py-1.5 text-start font-medium sm:px-3">
            {t("before")}
          </th>
          <th scope="col" className="px-2 py-1.5 text-start font-medium sm:px-3">
            {t("after")}
          </th>
        </tr>
      </thead>
      <tbody className="align-top [overflow-wrap:anywhere] whitespace-pre-line">
        {lines.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row" className="border-t border-line px-2 py-1.5 text-start font-medium sm:px-3">
              {name}
            </th>
            <td className="border-t border-line px-2 py-1.5 sm:px-3">
              {before === undefined ? <Nothing /> : <del className="bg-danger-soft text-danger">{before}</del>}
            </td>
            <td className="border-t border-line px-2 py-1.5 sm:px-3">
              {after === undefined ? (
                <Nothing />
              ) : (
                <ins className="bg-accent-soft text-accent no-underline">{after}</ins>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Nothing() {
  return <span className="text-muted">{useTranslations("audit")("notThere")}</span>;
}
