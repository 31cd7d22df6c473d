import { useTranslations } from "next-intl";
import type { Role } from "rowhouse";

/** A role's name where it stands alone. In a sentence, take it from the texts as it is. */
export function useRoleName(): (role: Role) => string {
  const t = useTranslations("roles");
  return (role) => capitalize(t(role));
}

/** The first letter as at the beginning of a sentence. */
export function capitalize(text: string): string {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase() + rest.join("");
}
