"use client";

import { useTranslations } from "next-intl";
import { useOptimistic } from "react";
import type { Domain } from "rowhouse";
import { Field } from "@/design/field";
import { Select } from "@/design/select";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { changeDomainMode } from "@/domains/actions";
import { useRoleName } from "@/members/role-name";

interface JoinModeFormProps {
  orgSlug: string;
  domain: Domain;
  canChange: boolean;
}

type Opening = Pick<Domain, "mode" | "joinRole">;

const modes = ["off", "ask", "auto"] as const;
const joinRoles = ["member", "viewer"] as const;

/** What people from a proven domain may do; it holds with the choice. */
export function JoinModeForm({ orgSlug, domain: { id, domain, mode, joinRole }, canChange }: JoinModeFormProps) {
  const t = useTranslations("domains.mode");
  const roleName = useRoleName();
  const toast = useToast();
  const { mutate } = useMutation();
  const [opening, setOpening] = useOptimistic<Opening>({ mode, joinRole });

  function change(next: Opening): void {
    mutate({
      optimistic: () => setOpening(next),
      call: () => changeDomainMode(orgSlug, { id, ...next }),
      failure: t("failed"),
      onSuccess: () => toast({ tone: "done", title: t("done", { domain }) }),
    });
  }

  return (
    <div className="grid items-end gap-3 border-t border-line p-4 sm:grid-cols-[minmax(0,1fr)_10rem] md:p-5">
      <Field label={t("label", { domain })}>
        {(control) => (
          <Select
            {...control}
            value={opening.mode}
            disabled={!canChange}
            onChange={(event) => change({ ...opening, mode: modes.find((one) => one === event.target.value) ?? "off" })}
          >
            {modes.map((one) => (
              <option key={one} value={one}>
                {t(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("role")}>
        {(control) => (
          <Select
            {...control}
            value={opening.joinRole}
            disabled={!canChange || opening.mode === "off"}
            onChange={(event) =>
              change({ ...opening, joinRole: joinRoles.find((one) => one === event.target.value) ?? "viewer" })
            }
          >
            {joinRoles.map((one) => (
              <option key={one} value={one}>
                {roleName(one)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
