"use client";

import { Select } from "@/design/select";
import { useListParameters } from "@/design/use-list-parameters";

/** Chooses a list's order; the first of the options is the default and stays out of the address. */
export function SortSelect({
  value,
  options,
}: {
  value: string;
  options: readonly { value: string; label: string }[];
}) {
  const { set } = useListParameters();
  return (
    <Select
      aria-label="Sort by"
      value={value}
      onChange={(event) => set("sort", event.target.value === options[0]?.value ? "" : event.target.value)}
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
