"use client";

import { Select } from "@/design/select";
import { useListParameters } from "@/design/use-list-parameters";

interface FilterSelectProps {
  /** Of the search parameter. */
  name: string;
  label: string;
  value: string;
  /** The first is the default and stays out of the address. */
  options: readonly { value: string; label: string }[];
}

/** Narrows a list by one of several values. */
export function FilterSelect({ name, label, value, options }: FilterSelectProps) {
  const { set } = useListParameters();
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(event) => set(name, event.target.value === options[0]?.value ? "" : event.target.value)}
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
