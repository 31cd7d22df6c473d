import { useTranslations } from "next-intl";
import type { SchemaRow } from "@/api-docs/schema-rows";

interface SchemaTableProps {
  title: string;
  rows: readonly SchemaRow[];
  /** Instead of fields: the types of a file, or that there is nothing. */
  note?: string | undefined;
}

/** Names with what each may be. A list, not a table: it fits on a phone. */
export function SchemaTable({ title, rows, note }: SchemaTableProps) {
  const t = useTranslations("api-docs");
  if (rows.length === 0 && note === undefined) return null;
  return (
    <section className="grid gap-1.5">
      <h3 className="text-sm font-semibold">{title}</h3>
      {note === undefined ? null : <p className="text-sm text-muted">{note}</p>}
      {rows.length === 0 ? null : (
        <dl className="divide-y divide-line border-y border-line text-sm">
          {rows.map(({ path, type, isRequired, description }) => (
            <div key={path} className="grid gap-x-4 py-1.5 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
              <dt dir="ltr" className="font-mono [overflow-wrap:anywhere]">
                {path}
              </dt>
              <dd className="min-w-0 text-muted">
                <span dir="ltr" className="font-mono [overflow-wrap:anywhere]">
                  {type}
                </span>
                {isRequired ? null : <span> · {t("optional")}</span>}
                {description === undefined ? null : (
                  <span lang="en" className="block">
                    {description}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
