import { describe, expect, test } from "vitest";
import { mailTemplates, type MailData, type MailTemplate } from "@/mail/mail-templates";
import { renderMail } from "@/mail/templates/render-mail";

const url = "https://app.example.com/join/abc?x=1&y=2";
const hostile = `<img src=x onerror=alert(1)>"'&\r\nBcc: eve@example.com\u2028</title></style><script>alert(1)</script>`;

function dataWith(name: string): MailData {
  return {
    invitation: {
      invitationId: "0198a0d2-7c3b-7c1e-9e57-111111111111",
      url,
      organizationName: name,
      inviterName: name,
      role: "admin",
      expiresAt: "2026-05-12T22:30:00.000Z",
    },
    "role-changed": { organizationName: name, role: "viewer", actorName: name },
    removed: { organizationName: name },
    "verify-address": { url },
    "reset-password": { url },
    "password-changed": { url },
    "domain-verification": { url, organizationName: name, domain: "example.com" },
    "organization-deletion": { organizationName: name, actorName: name, deletedOn: "2026-05-12T00:00:00.000Z", url },
  };
}

const names = Object.keys(mailTemplates) as MailTemplate[];
const every = names.flatMap((template) => ["en", "de"].map((locale) => ({ template, locale })));

async function render(template: MailTemplate, locale: string, name = "Acme & Söhne") {
  const data = mailTemplates[template].parse(dataWith(name)[template]);
  return renderMail({ template, data, locale });
}

describe.each(every)("the mail $template in $locale", ({ template, locale }) => {
  test("has a subject of one line, HTML in its language and a text with the same link", async () => {
    const { subject, html, text } = await render(template, locale);
    expect(subject).toMatch(/^\S.{5,150}\S$/u);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain(`lang="${locale}"`);
    const needsLink = "url" in dataWith("x")[template];
    expect(text.includes(url)).toBe(needsLink);
    expect(html.includes(`href="${url.replace("&", "&amp;")}"`)).toBe(needsLink);
    expect(text).not.toMatch(/undefined|\[object|Invalid Date/);
  });

  test("lets nothing through that somebody wrote, into tags, styles, the subject or further lines", async () => {
    const { subject, html, text } = await render(template, locale, hostile);
    const clean = await render(template, locale, "Acme");
    expect(html.match(/<[a-z][a-z0-9]*/gi)?.sort()).toEqual(clean.html.match(/<[a-z][a-z0-9]*/gi)?.sort());
    expect(subject).not.toMatch(/[\r\n\u2028\u2029]/);
    expect(text.split("\n").filter((line) => line.startsWith("Bcc:"))).toEqual([]);
    expect(text.split("\n")).toHaveLength(clean.text.split("\n").length);
  });

  test("loads nothing from anywhere", async () => {
    const { html } = await render(template, locale);
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import|src=/i);
    const addresses = [...html.matchAll(/https?:\/\/[^\s"<]+/g)].map(([address]) => address.replaceAll("&amp;", "&"));
    expect(addresses.filter((address) => address !== url && !address.startsWith("http://www.w3.org/"))).toEqual([]);
  });
});

describe("a mail", () => {
  test("asked for in a language that we do not have is in English", async () => {
    expect((await render("removed", "xx")).subject).toBe((await render("removed", "en")).subject);
    expect((await render("removed", "__proto__")).html).toContain('lang="en"');
  });

  test("says dates as they are in UTC, in the way of its language", async () => {
    expect((await render("invitation", "en")).text).toContain("12 May 2026");
    expect((await render("invitation", "de")).text).toContain("12. Mai 2026");
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "mailto:a@b.example"])(
    "refuses %j as its link",
    (wrong) => {
      expect(mailTemplates["reset-password"].safeParse({ url: wrong }).success).toBe(false);
    },
  );

  test("cuts names that are too long for a mail", async () => {
    expect((await render("removed", "en", "x".repeat(10_000))).subject.length).toBeLessThan(300);
  });
});
