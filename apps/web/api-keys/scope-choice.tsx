"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/design/button";
import { Checkbox } from "@/design/checkbox";

interface ScopeChoiceProps {
  scopes: readonly string[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  error: string | undefined;
}

/** Permissions to tick, by what they are about. */
export function ScopeChoice({ scopes, chosen, onChange, error }: ScopeChoiceProps) {
  const t = useTranslations("api-keys.create");
  const id = useId();
  const isAll = scopes.every((scope) => chosen.has(scope));

  function toggle(scope: string, isChosen: boolean): void {
    const next = new Set(chosen);
    if (isChosen) next.add(scope);
    else next.delete(scope);
    onChange(next);
  }

  return (
    <fieldset aria-describedby={id} className="grid min-w-0 gap-1.5">
      <legend className="contents">
        <span className="font-medium">{t("scopes")}</span>
      </legend>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p id={id} className={error ? "flex gap-1.5 text-sm text-danger" : "text-sm text-muted"}>
          {error ? <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" /> : null}
          {error ?? t("scopesHint")}
        </p>
        <Button size="small" variant="ghost" onClick={() => onChange(new Set(isAll ? [] : scopes))}>
          {isAll ? t("none") : t("all")}
        </Button>
      </div>
      <div className="max-h-60 divide-y divide-line overflow-y-auto rounded-lg border border-line">
        {[...byResource(scopes)].map(([resource, actions]) => (
          <div key={resource} role="group" aria-label={resource} className="grid gap-1 px-3 py-2">
            <span aria-hidden className="text-sm font-medium">
              {resource}
            </span>
            <div className="flex flex-wrap gap-x-4 gap-y-1">
              {actions.map((action) => {
                const scope = `${resource}:${action}`;
                return (
                  <label key={scope} className="flex cursor-pointer items-center gap-1.5 text-sm">
                    <Checkbox
                      aria-invalid={error ? true : undefined}
                      checked={chosen.has(scope)}
                      onChange={(event) => toggle(scope, event.target.checked)}
                    />
                    {action}
                  </label>
                );
              })}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function byResource(scopes: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    const [resource = "", action = ""] = scope.split(":", 2);
    groups.set(resource, [...(groups.get(resource) ?? []), action]);
  }
  return groups;
}
