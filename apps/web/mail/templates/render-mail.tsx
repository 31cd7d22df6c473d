import type { MailRenderer } from "rowhouse";
import type { MailTemplate, ReadMailData } from "../mail-templates.ts";
import type { MailContent, MailWords } from "./mail-content.ts";
import { MailLayout } from "./mail-layout.tsx";
import { wordsDe } from "./words-de.ts";
import { wordsEn } from "./words-en.ts";

const languages: Readonly<Record<string, MailWords>> = { en: wordsEn, de: wordsDe };

/** HTML and text of a mail in the asked-for language, else in English. React escapes what people wrote. */
export const renderMail: MailRenderer = async ({ template, data, locale }) => {
  const language = Object.hasOwn(languages, locale) ? locale : "en";
  const words = languages[language] ?? wordsEn;
  const content = contentOf(words, template as MailTemplate, data as never);
  // Only here, in the worker: the bundler refuses this module wherever pages are rendered.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const body = renderToStaticMarkup(<MailLayout content={content} locale={language} orOpen={words.orOpen} />);
  return { subject: content.subject, html: `<!doctype html>${body}`, text: toText(content) };
};

/** The data was parsed by the schema of this very template. */
function contentOf<Name extends MailTemplate>(words: MailWords, template: Name, data: ReadMailData[Name]): MailContent {
  return words.templates[template](data);
}

function toText({ heading, paragraphs, action, note }: MailContent): string {
  const link = action === undefined ? [] : [`${action.label}:\n${action.url}`];
  return [heading, ...paragraphs, ...link, `--\n${note}`].join("\n\n") + "\n";
}
