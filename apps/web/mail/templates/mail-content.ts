import type { MailTemplate, ReadMailData } from "../mail-templates.ts";

/** What a mail says, apart from how it looks. Plain text: whoever renders it escapes it. */
export interface MailContent {
  readonly subject: string;
  /** What a list of mails shows beside the subject. */
  readonly preview: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string } | undefined;
  /** Small, at the end: why this came, and what to do if it should not have. */
  readonly note: string;
}

/** The words of one language. */
export interface MailWords {
  readonly templates: { readonly [Name in MailTemplate]: (data: ReadMailData[Name]) => MailContent };
  /** Above the address of a button, for those who cannot click it. */
  readonly orOpen: string;
}

/** `12 May 2026`, as it is in UTC: nobody knows where the reader is. */
export function longDate(date: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
}
