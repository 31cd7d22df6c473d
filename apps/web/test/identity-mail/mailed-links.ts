import { z } from "zod";
import type { MailLinkPurpose } from "@/identity/database";
import { mail } from "@/mail/mail";
import type { Web } from "../fixture/open-web";

const linked = z.object({ url: z.url() });

interface MailedLink {
  readonly token: string;
  readonly locale: string;
}

/** The links in the mails that wait for somebody, the oldest first: opened with the seal, as the worker does. */
export async function mailedLinks(web: Web, email: string, template: MailLinkPurpose): Promise<MailedLink[]> {
  const { rows } = await web.admin.query<{ id: string; template: string; data: string }>(
    "select id, template, data from auth.mail where recipient = $1 and template = $2 order by created_at",
    [email, template],
  );
  return rows.map(({ id, ...sealed }) => {
    const { locale, data } = mail().open(sealed, ["identity", id]);
    return { locale, token: new URL(linked.parse(data).url).searchParams.get("token") ?? "" };
  });
}

export async function mailedTokens(web: Web, email: string, template: MailLinkPurpose): Promise<string[]> {
  return (await mailedLinks(web, email, template)).map(({ token }) => token);
}

/** The only mail's token. */
export async function mailedToken(web: Web, email: string, template: MailLinkPurpose): Promise<string> {
  const tokens = await mailedTokens(web, email, template);
  const [token] = tokens;
  if (token === undefined || tokens.length > 1) throw new Error(`${email} has ${tokens.length} mails of ${template}.`);
  return token;
}

/** Forgets how often something was tried. */
export async function forgetAttempts(web: Web): Promise<void> {
  await web.admin.query("truncate rowhouse.rate_limits, auth.rate_limits");
}

/** Everything that is in any table, as text: what must be nowhere is not in it. */
export async function contentOfAllTables(web: Web): Promise<string> {
  const { rows } = await web.admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const parts = rows.map(({ name }) => `select t::text as row from ${name} as t`);
  const found = await web.admin.query<{ row: string }>(parts.join(" union all "));
  return found.rows.map(({ row }) => row).join("\n");
}
