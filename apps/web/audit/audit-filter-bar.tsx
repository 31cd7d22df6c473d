"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { type AuditView, auditNouns } from "@/audit/audit-view";
import { SearchBox } from "@/design/search-box";
import { Select } from "@/design/select";
import { TextInput } from "@/design/text-input";
import { useListParameters } from "@/design/use-list-parameters";

export interface AuditActor {
  readonly id: string;
  readonly name: string;
}

/** Narrows the log. Each choice goes into the address at once, so a view can be sent to somebody else. */
export function AuditFilterBar({ view, actors }: { view: AuditView; actors: readonly AuditActor[] }) {
  const t = useTranslations("audit");
  const { set } = useListParameters();
  return (
    <div className="mb-4 grid gap-2">
      <SearchBox label={t("search")} />
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        <Select
          aria-label={t("actor")}
          value={view.actor}
          onChange={(event) => set("actor", event.target.value)}
          className="min-w-0"
        >
          <option value="">{t("anyActor")}</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t("area")}
          value={view.noun}
          onChange={(event) => set("action", event.target.value)}
          className="min-w-0"
        >
          <option value="">{t("anyArea")}</option>
          {auditNouns.map((noun) => (
            <option key={noun} value={noun}>
              {t(`nouns.${noun}`)}
            </option>
          ))}
        </Select>
        <DayInput label={t("from")} value={view.from} max={view.to} onChange={(day) => set("from", day)} />
        <DayInput label={t("to")} value={view.to} min={view.from} onChange={(day) => set("to", day)} />
      </div>
    </div>
  );
}

interface DayInputProps {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange: (day: string) => void;
}

/** A day by the platform's own picker. While one is typed it is incomplete, and an incomplete one does not narrow. */
function DayInput({ label, value, min, max, onChange }: DayInputProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="shrink-0 text-sm text-muted">
        {label}
      </label>
      <TextInput
        // Anew when the address changes by other means: the browser keeps what is typed otherwise.
        key={value}
        id={id}
        type="date"
        defaultValue={value}
        min={min || undefined}
        max={max || undefined}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 px-2"
      />
    </div>
  );
}
