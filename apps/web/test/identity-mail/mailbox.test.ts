import { beforeEach, describe, expect, test } from "vitest";
import { isMailboxOpen } from "@/mail/is-mailbox-open";
import { linksIn } from "@/mail/links-in";
import type { MailSettings } from "@/mail/mail-settings";
import { useWebSettings } from "@/settings";

const settings = {
  runtimeUrl: "",
  identityUrl: "",
  secret: "k8Jq2vN5xR7tW9yB3mD6fH1pL4sZ0cGa",
  publicUrl: "http://localhost:3000",
  secureCookies: false,
};
const use = (mail: MailSettings | undefined) => useWebSettings({ ...settings, mail });
const home = { host: "localhost:3000", "x-forwarded-host": "localhost:3000", "x-forwarded-for": "127.0.0.1" };
const isOpenTo = (changes: Readonly<Record<string, string | undefined>>): boolean => {
  const headers = new Headers();
  for (const [name, value] of Object.entries({ ...home, ...changes }))
    if (value !== undefined) headers.set(name, value);
  return isMailboxOpen(headers);
};

beforeEach(() => use({ kind: "mailbox" }));

describe("the mailbox", () => {
  test.each([
    {},
    { host: "127.0.0.1:3000", "x-forwarded-host": undefined },
    { host: "[::1]:3000", "x-forwarded-host": "[::1]:3000", "x-forwarded-for": "::1" },
    { "x-forwarded-for": "::ffff:127.0.0.1" },
    { host: "LOCALHOST" },
  ])("is open to a request from the machine itself: %j", (changes) => {
    expect(isOpenTo(changes)).toBe(true);
  });

  test.each([
    // A page of others whose name points here, and a tunnel that keeps the name it was asked by.
    { host: "evil.example:3000" },
    { host: "localhost.evil.example" },
    { host: "127.0.0.1.evil.example" },
    { host: undefined },
    { host: "" },
    { "x-forwarded-host": "demo.example.com" },
    { "x-forwarded-host": "localhost:3000, demo.example.com" },
    // A proxy on this machine.
    { "x-forwarded-for": "203.0.113.7" },
    { "x-forwarded-for": "127.0.0.1, 203.0.113.7" },
    { "x-forwarded-for": "203.0.113.7, 127.0.0.1" },
    { "x-forwarded-for": "" },
    { "x-forwarded-for": undefined },
    { forwarded: "for=127.0.0.1" },
  ])("is closed to everybody else, and to what is not known: %j", (changes) => {
    expect(isOpenTo(changes)).toBe(false);
  });

  test.each<MailSettings | undefined>([
    { kind: "none" },
    { kind: "smtp", url: "smtp://localhost", from: "a@b.example" },
    { kind: "resend", apiKey: "re_1", from: "a@b.example" },
    undefined,
  ])("is closed to the machine itself too, where mail goes out or is not shown: %j", (mail) => {
    use(mail);
    expect(isOpenTo({})).toBe(false);
  });
});

test("the links of a mail are its addresses of pages, each once, and nothing that runs", () => {
  const text =
    "Go:\nhttp://localhost:3000/a?x=1&y=2\n\njavascript:alert(1) https://b.example/c http://localhost:3000/a?x=1&y=2 <https://d.example>";
  expect(linksIn(text)).toEqual(["http://localhost:3000/a?x=1&y=2", "https://b.example/c", "https://d.example"]);
});
