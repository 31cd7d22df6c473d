import type { Messages } from "@/messages";
import type { Language } from "./language";

/** Makes a key that is not in messages/en a type error, wherever a text is asked for. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}
