import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { AuditEntry } from "rowhouse";
import { changeLines } from "@/audit/change-lines";
import { ChangeTable } from "@/audit/change-table";
import { describeAction, describeActor, describeTarget } from "@/audit/describe-event";

interface AuditEventRowProps {
  entry: AuditEntry;
  names: Readonly<Record<string, string>>;
  timeZone: string;
  /** The log, narrowed to whoever acted here. */
  actorHref: string;
}

/** One event. It opens to what changed and to where it came from, also without JavaScript. */
export function AuditEventRow({ entry, names, timeZone, actorHref }: AuditEventRowProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const actor = describeActor(t, entry, names);
  const subject = [actor, describeTarget(entry)].filter(Boolean).join(" · ");
  const time = format.dateTime(new Date(entry.occurredAt), { dateStyle: "medium", timeStyle: "short", timeZone });
  const lines = changeLines(entry.before, entry.after);
  return (
    <li className="first:rounded-t-xl last:rounded-b-xl">
      <details className="group">
        <summary className="flex min-h-14 cursor-pointer list-none items-center gap-3 rounded-[inherit] px-3 py-2 transition-colors hover:bg-subtle focus-visible:-outline-offset-2 md:px-4 [&::-webkit-details-marker]:hidden">
          <ChevronDown
            aria-hidden
            className="size-4 shrink-0 -rotate-90 text-muted transition-transform group-open:rotate-0 rtl:rotate-90 rtl:group-open:rotate-0"
          />
          <span className="min-w-0 grow md:flex md:items-baseline md:gap-3">
            <span className="block truncate font-medium md:shrink-0">{describeAction(t, entry.action)}</span>
            <span className="block min-w-0 truncate text-muted">
              <bdi>{subject}</bdi>
            </span>
          </span>
          <time dateTime={entry.occurredAt} className="max-w-24 shrink-0 text-end text-sm text-muted md:max-w-none">
            {time}
          </time>
        </summary>
        <div className="grid gap-4 border-t border-line bg-canvas px-3 py-4 last:rounded-b-xl md:ps-11 md:pe-4">
          {lines.length === 0 ? null : <ChangeTable lines={lines} />}
          <Circumstances entry={entry} />
          <Link
            href={actorHref}
            className="inline-flex min-h-6 items-center justify-self-start text-sm font-medium text-accent hover:underline"
          >
            {t("onlyActor", { name: actor })}
          </Link>
        </div>
      </details>
    </li>
  );
}

/** Where an event came from and how it is sealed; what is not known is left out. */
function Circumstances({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("audit");
  const facts: [label: string, value: string | null][] = [
    [t("reason"), entry.reason],
    [t("action"), entry.action],
    [t("target"), `${entry.target.kind} ${entry.target.id}`],
    [t("actor"), `${entry.actor.kind} ${entry.actor.id}`],
    [t("impersonator"), entry.impersonatorId],
    [t("time"), entry.occurredAt],
    [t("address"), entry.ip],
    [t("device"), entry.userAgent],
    [t("request"), entry.requestId],
    [t("number"), String(entry.sequence)],
    [t("hash"), entry.hash],
  ];
  return (
    <dl className="grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[8rem_minmax(0,1fr)]">
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label} className="contents">
            <dt className="text-muted max-sm:mt-1">{label}</dt>
            <dd dir="auto" className="[overflow-wrap:anywhere]">
              {value}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
