"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

/** Reads and writes a list's search and order in the address. Writing goes back to the first page. */
export function useListParameters() {
  const router = useRouter();
  const pathname = usePathname();
  const current = useSearchParams();
  const [pending, startTransition] = useTransition();

  function set(name: string, value: string): void {
    const next = new URLSearchParams(current);
    next.delete("after");
    next.delete("before");
    if (value === "") next.delete(name);
    else next.set(name, value);
    if (next.toString() === current.toString()) return;
    startTransition(() => router.replace(next.size === 0 ? pathname : `${pathname}?${next}`, { scroll: false }));
  }

  return { get: (name: string) => current.get(name) ?? "", set, pending };
}
