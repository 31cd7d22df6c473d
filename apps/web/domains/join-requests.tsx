"use client";

import { useTranslations } from "next-intl";
import { useOptimistic } from "react";
import type { JoinRequest } from "rowhouse";
import { Avatar } from "@/design/avatar";
import { Button } from "@/design/button";
import { applyListChange } from "@/design/list-change";
import { Row, Rows } from "@/design/rows";
import { ShortDate } from "@/design/short-date";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { decideJoinRequest } from "@/domains/actions";

interface JoinRequestsProps {
  orgSlug: string;
  requests: readonly JoinRequest[];
}

/** Who asks to be let in, and the two answers. */
export function JoinRequests({ orgSlug, requests }: JoinRequestsProps) {
  const t = useTranslations("domains.requests");
  const toast = useToast();
  const { mutate } = useMutation();
  const items = requests.map((request) => ({ ...request, id: request.userId }));
  const [open, change] = useOptimistic(items, applyListChange<(typeof items)[number]>);

  function decide({ userId, name }: JoinRequest, isApproved: boolean): void {
    mutate({
      optimistic: () => change({ kind: "remove", id: userId }),
      call: () => decideJoinRequest(orgSlug, { userId, isApproved }),
      failure: t(isApproved ? "approveFailed" : "declineFailed", { name }),
      onSuccess: () => toast({ tone: "done", title: t(isApproved ? "approved" : "declined", { name }) }),
    });
  }

  if (open.length === 0) return null;
  return (
    <section className="grid gap-3">
      <div>
        <h2 className="font-semibold">{t("title")}</h2>
        <p className="mt-0.5 text-muted">{t("description")}</p>
      </div>
      <Rows label={t("title")}>
        {open.map((request) => (
          <Row key={request.userId}>
            <Avatar name={request.name || request.email} />
            <span className="min-w-0 grow">
              <span className="block truncate font-medium">{request.name || request.email}</span>
              <span className="block truncate text-sm text-muted">
                <bdi>{request.email}</bdi> · <ShortDate date={request.createdAt} />
              </span>
            </span>
            <span className="flex shrink-0 flex-wrap justify-end gap-2">
              <Button
                size="small"
                aria-label={t("declineLabel", { name: request.name || request.email })}
                onClick={() => decide(request, false)}
              >
                {t("decline")}
              </Button>
              <Button
                size="small"
                variant="primary"
                aria-label={t("approveLabel", { name: request.name || request.email })}
                onClick={() => decide(request, true)}
              >
                {t("approve")}
              </Button>
            </span>
          </Row>
        ))}
      </Rows>
    </section>
  );
}
