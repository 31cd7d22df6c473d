import Link from "next/link";
import { useTranslations } from "next-intl";
import { fieldErrorCodes } from "rowhouse";
import { Fragment } from "react";
import { CodeBlock } from "@/api-docs/code-block";
import type { GroupName } from "@/api-docs/operation-groups";
import { Card } from "@/design/card";
import { PageHeader } from "@/design/page-header";

interface GuideProps {
  publicUrl: string;
  groups: readonly { name: GroupName; count: number }[];
}

/** What holds for every operation: who asks, how lists are paged, what is refused and how. */
export function Guide({ publicUrl, groups }: GuideProps) {
  const t = useTranslations("api-docs");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid max-w-3xl gap-8">
        {sections(publicUrl).map(({ name, example }) => (
          <section key={name} aria-labelledby={name} className="grid gap-3">
            <h2 id={name} className="text-lg font-semibold">
              {t(`guide.${name}.title`)}
            </h2>
            <p className="text-muted">{t(`guide.${name}.text`)}</p>
            {example === undefined ? null : <CodeBlock>{example}</CodeBlock>}
            {name === "refusals" ? <FieldCodes /> : null}
          </section>
        ))}
        <section aria-labelledby="all" className="grid gap-3">
          <h2 id="all" className="text-lg font-semibold">
            {t("all")}
          </h2>
          <p className="text-muted">
            {t.rich("machine", {
              link: (text) => (
                <a href="/api/openapi.json" className="rounded text-accent underline">
                  {text}
                </a>
              ),
            })}
          </p>
          <Card>
            <ul className="divide-y divide-line">
              {groups.map(({ name, count }) => (
                <li key={name}>
                  <Link
                    href={`/api/docs/${name}`}
                    className="flex min-h-11 items-center justify-between gap-4 px-4 hover:bg-hover"
                  >
                    <span className="font-medium">{t(`groups.${name}`)}</span>
                    <span className="text-sm text-muted">{t("operations", { count })}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        </section>
      </div>
    </>
  );
}

/** What the codes of fields mean, in the words that a page has for them. */
function FieldCodes() {
  const t = useTranslations("problems.fields");
  return (
    <dl className="grid gap-x-6 text-sm sm:grid-cols-[max-content_1fr]">
      {fieldErrorCodes.map((code) => (
        <Fragment key={code}>
          <dt className="font-mono max-sm:mt-2">{code}</dt>
          <dd className="text-muted">{t(code)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function sections(publicUrl: string) {
  const list = `${publicUrl}/api/organizations/acme/projects`;
  return [
    {
      name: "authentication",
      example: `curl "${list}" \\\n  --header "Authorization: Bearer $API_KEY"`,
    },
    {
      name: "organization",
      example: `curl "${publicUrl}/api/projects" \\\n  --header "Authorization: Bearer $API_KEY" \\\n  --header "X-Organization: acme"`,
    },
    {
      name: "refusals",
      example: JSON.stringify(
        {
          type: "urn:rowhouse:problem:INVALID_INPUT",
          title: "Some of this cannot be used",
          status: 400,
          detail: "Correct the marked fields and try again.",
          code: "INVALID_INPUT",
          errors: [{ field: "name", message: "Enter a name.", code: "REQUIRED" }],
        },
        undefined,
        2,
      ),
    },
    {
      name: "paging",
      example: `curl "${list}?limit=50&after=$NEXT" \\\n  --header "Authorization: Bearer $API_KEY"`,
    },
    {
      name: "idempotency",
      example: `curl "${list}" \\\n  --header "Authorization: Bearer $API_KEY" \\\n  --header "Idempotency-Key: $(uuidgen)" \\\n  --header "Content-Type: application/json" \\\n  --data '{"name":"Website"}'`,
    },
    {
      name: "limits",
      example:
        'RateLimit-Policy: "address";q=1200;w=60, "caller";q=600;w=60\nRateLimit: "address";r=1187;t=31, "caller";r=0;t=12\nRetry-After: 12',
    },
  ] as const;
}
