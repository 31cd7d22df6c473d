import type { useTranslations } from "next-intl";
import type { AuditEntry } from "rowhouse";

type Translate = ReturnType<typeof useTranslations<"audit">>;

/** An action in words; one that the product does not know keeps its name. */
export function describeAction(t: Translate, action: string): string {
  const key = `actions.${action}` as "actions.organization.created";
  return /^[a-z-]+\.[a-z-]+$/.test(action) && t.has(key) ? t(key) : action;
}

/** What people call who acted, or else what kind of actor it was. */
export function describeActor(t: Translate, { actor }: AuditEntry, names: Readonly<Record<string, string>>): string {
  return names[actor.id] ?? t(`actorKind.${actor.kind}`);
}

const naming = ["name", "title", "email", "domain", "slug"];

/** What was acted on by a name that the event itself recorded; `undefined` where it has none. */
export function describeTarget({ before, after }: AuditEntry): string | undefined {
  return naming.map((key) => after?.[key] ?? before?.[key]).find((value): value is string => typeof value === "string");
}
