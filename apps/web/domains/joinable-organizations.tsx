"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { JoinableOrganization } from "rowhouse";
import { Avatar } from "@/design/avatar";
import { Button } from "@/design/button";
import { useMutation } from "@/design/use-mutation";
import { askToJoin, joinByAddress } from "@/domains/join-actions";

/** Organizations that take people from the domain of somebody's verified address. */
export function JoinableOrganizations({ joinable }: { joinable: readonly JoinableOrganization[] }) {
  const t = useTranslations("domains.joinable");
  return (
    <section aria-labelledby="joinable" className="mb-6 border-b border-line pb-6">
      <h2 id="joinable" className="font-semibold">
        {t("title")}
      </h2>
      <p className="mt-0.5 text-muted">{t("description", { domain: joinable[0]?.domain ?? "" })}</p>
      <ul className="mt-3 grid gap-2">
        {joinable.map((one) => (
          <Joinable key={one.organization.id} joinable={one} />
        ))}
      </ul>
    </section>
  );
}

function Joinable({ joinable: { organization, way, request } }: { joinable: JoinableOrganization }) {
  const t = useTranslations("domains.joinable");
  const { pending, mutate } = useMutation();
  const [isAsked, setAsked] = useState(request === "open");
  const { id: organizationId, name } = organization;

  function join(): void {
    if (way === "join") mutate({ call: () => joinByAddress({ organizationId }), failure: t("failed") });
    else mutate({ call: () => askToJoin({ organizationId }), failure: t("failed"), onSuccess: () => setAsked(true) });
  }

  return (
    <li>
      <div className="flex min-h-10 items-center gap-2.5">
        <Avatar name={name} shape="square" />
        <span className="min-w-0 grow truncate font-medium">{name}</span>
        <span role="status">{isAsked ? <span className="text-sm text-muted">{t("asked")}</span> : null}</span>
        {isAsked ? null : (
          <Button
            size="small"
            pending={pending}
            aria-label={t(way === "join" ? "joinLabel" : "askLabel", { name })}
            onClick={join}
          >
            {t(way === "join" ? "join" : "ask")}
          </Button>
        )}
      </div>
      {request === "declined" && !isAsked ? <p className="text-sm text-muted">{t("declined")}</p> : null}
    </li>
  );
}
