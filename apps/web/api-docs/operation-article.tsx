import { useTranslations } from "next-intl";
import type { ApiContent, ApiDocument, ApiOperation } from "rowhouse/http";
import { CodeBlock } from "@/api-docs/code-block";
import { curlExample } from "@/api-docs/curl-example";
import { operationAnchor } from "@/api-docs/operation-groups";
import { listSchemaRows, type SchemaRow, typeText } from "@/api-docs/schema-rows";
import { SchemaTable } from "@/api-docs/schema-table";
import { Badge } from "@/design/badge";
import { Card } from "@/design/card";

interface OperationArticleProps {
  operation: ApiOperation;
  schemas: ApiDocument["schemas"];
  publicUrl: string;
}

/** One operation: what it is sent, what it answers and with what it refuses. Its own words stay English, as the API is. */
export function OperationArticle({ operation, schemas, publicUrl }: OperationArticleProps) {
  const t = useTranslations("api-docs");
  const { method, path, summary, access, parameters, body, status, answer, refusals } = operation;
  const permission = /`([^`]+)`/.exec(operation.description)?.[1];
  const anchor = operationAnchor(operation);
  const given = parameters.map(({ name, isRequired, schema }): SchemaRow => ({
    path: name,
    isRequired,
    type: typeText(schema, schemas),
    description: schema.description,
  }));
  const rowsOf = (content: ApiContent | undefined) =>
    content?.schema === undefined ? [] : listSchemaRows(content.schema, schemas);
  return (
    <article id={anchor} aria-labelledby={`${anchor}-title`} className="scroll-mt-6">
      <Card className="grid gap-4 p-4 md:p-5">
        <header className="grid gap-2">
          <h2 id={`${anchor}-title`} lang="en" className="font-semibold [overflow-wrap:anywhere]">
            {summary}
          </h2>
          <p dir="ltr" className="font-mono text-sm [overflow-wrap:anywhere]">
            <span className="me-2 font-semibold text-accent">{method}</span>
            {path}
          </p>
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
            {permission === undefined ? t(`access.${access}`) : t("permission")}
            {permission === undefined ? null : <Badge>{permission}</Badge>}
          </p>
        </header>
        <SchemaTable title={t("parameters")} rows={given} />
        <SchemaTable title={t("body")} rows={rowsOf(body)} note={fileNote(body)} />
        <SchemaTable
          title={t("answer", { status })}
          rows={rowsOf(answer)}
          note={fileNote(answer) ?? emptyNote(answer, t("noBody"))}
        />
        <section className="grid gap-1.5">
          <h3 className="text-sm font-semibold">{t("refusals")}</h3>
          <ul lang="en" className="grid gap-1 text-sm text-muted">
            {refusals.map((refusal) => (
              <li key={refusal.status}>
                <span className="me-2 font-mono text-ink">{refusal.status}</span>
                {refusal.description}
              </li>
            ))}
          </ul>
        </section>
        <section className="grid gap-1.5">
          <h3 className="text-sm font-semibold">{t("example")}</h3>
          <CodeBlock>{curlExample(operation, { schemas, publicUrl })}</CodeBlock>
        </section>
      </Card>
    </article>
  );
}

function fileNote(content: ApiContent | undefined): string | undefined {
  return content !== undefined && content.schema === undefined ? content.mediaTypes.join(", ") : undefined;
}

function emptyNote(content: ApiContent | undefined, text: string): string | undefined {
  return content === undefined ? text : undefined;
}
