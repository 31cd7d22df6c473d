"use client";

import { useTranslations } from "next-intl";
import { FilterSelect } from "@/design/filter-select";

interface SortSelectProps {
  value: string;
  usual?: string | undefined;
  options: readonly { value: string; label: string }[];
}

/** Chooses a list's order. The usual one, or else the first of the options, stays out of the address. */
export function SortSelect(props: SortSelectProps) {
  return <FilterSelect {...props} name="sort" label={useTranslations("design")("sortBy")} />;
}
