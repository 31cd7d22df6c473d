import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { messages } from "@/messages";
import { type Language, languageCookie, parseLanguage } from "./language";
import { negotiateLanguage } from "./negotiate-language";

/** What next-intl asks for once a request. The language is never part of the address: one link serves everybody. */
export default getRequestConfig(async () => {
  const locale = await requestLanguage();
  // One time zone on the server and in every browser, so that both write the same day.
  return { locale, messages: messages[locale], timeZone: "UTC" };
});

async function requestLanguage(): Promise<Language> {
  const chosen = parseLanguage((await cookies()).get(languageCookie)?.value);
  return chosen ?? negotiateLanguage((await headers()).get("accept-language"));
}
