"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/design/select";
import { useListParameters } from "@/design/use-list-parameters";

/** Chooses a list's order. The usual one, or else the first of the options, stays out of the address. */
export function SortSelect({
  value,
  options,
  usual = options[0]?.value,
}: {
  value: string;
  usual?: string | undefined;
  options: readonly { value: string; label: string }[];
}) {
  const t = useTranslations("design");
  const { set } = useListParameters();
  return (
    <Select
      aria-label={t("sortBy")}
      value={value}
      onChange={(event) => set("sort", event.target.value === usual ? "" : event.target.value)}
      className="w-38 shrink-0"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
