import type { Language } from "@/i18n/language";
import { negotiateLanguage } from "@/i18n/negotiate-language";

/** Of the mails that a request of the API brings about. Its answers are English. */
export function requestLanguage({ headers }: Request): Language {
  return negotiateLanguage(headers.get("accept-language"));
}
