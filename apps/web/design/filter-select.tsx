"use client";

import { Select } from "@/design/select";
import { useListParameters } from "@/design/use-list-parameters";

interface FilterSelectProps {
  /** Of the search parameter. */
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** Stays out of the address: the first of the options, if no other is named. */
  usual?: string | undefined;
}

/** Narrows a list by one of several values. */
export function FilterSelect({ name, label, value, options, usual = options[0]?.value }: FilterSelectProps) {
  const { set } = useListParameters();
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => set(name, event.target.value === usual ? "" : event.target.value)}
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
