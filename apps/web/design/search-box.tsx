"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { classNames } from "@/design/class-names";
import { Spinner } from "@/design/spinner";
import { TextInput } from "@/design/text-input";
import { useListParameters } from "@/design/use-list-parameters";

const pauseMs = 250;

/** Searches a list as you type, with the words in the address as `?q=`. */
export function SearchBox({ label }: { label: string }) {
  const t = useTranslations("design");
  const { get, set, pending } = useListParameters();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const query = get("q");

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Back and forward change the address under the box; someone who is typing is not interrupted.
    if (input.current !== null && input.current !== document.activeElement) input.current.value = query;
  }, [query]);

  function search(value: string, delay: number): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set("q", value.trim()), delay);
  }

  return (
    <form
      role="search"
      className="relative grow md:max-w-xs"
      onSubmit={(event) => {
        event.preventDefault();
        search(input.current?.value ?? "", 0);
      }}
    >
      <span aria-hidden className="pointer-events-none absolute inset-y-0 start-3 grid place-items-center text-muted">
        {pending ? <Spinner className="size-4" /> : <Search className="size-4" />}
      </span>
      <TextInput
        ref={input}
        name="q"
        type="search"
        aria-label={label}
        placeholder={label}
        defaultValue={query}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => search(event.target.value, pauseMs)}
        className={classNames("ps-9", query !== "" && "pe-9", "[&::-webkit-search-cancel-button]:hidden")}
      />
      {query === "" ? null : (
        <button
          type="button"
          aria-label={t("clearSearch")}
          onClick={() => {
            if (input.current === null) return;
            input.current.value = "";
            input.current.focus();
            search("", 0);
          }}
          className="absolute inset-y-0 end-0 grid w-9 place-items-center rounded-e-lg text-muted hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </form>
  );
}
