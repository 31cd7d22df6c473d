import { describe, expect, test } from "vitest";
import { chooseTransport } from "@/mail/choose-transport";
import { mailSettingsOf } from "@/mail/mail-settings";
import { readWebSettings } from "@/settings";

const home = { publicUrl: "http://localhost:3000", host: "127.0.0.1" };

describe("without anything set up", () => {
  test("mails are shown on the machine itself", () => {
    for (const host of ["127.0.0.1", "::1", "localhost"]) {
      expect(mailSettingsOf({}, { ...home, host })).toEqual({ kind: "mailbox" });
    }
  });

  test.each([
    { publicUrl: "https://app.example.com", host: "127.0.0.1" },
    { publicUrl: "http://localhost:3000", host: "0.0.0.0" },
    { publicUrl: "http://localhost:3000", host: "::" },
    { publicUrl: "http://localhost:3000", host: undefined },
    { publicUrl: "http://localhost.example.com", host: "127.0.0.1" },
    { publicUrl: "http://192.168.1.2:3000", host: "192.168.1.2" },
  ])("they are not where others could read along: %j", (place) => {
    expect(mailSettingsOf({}, place)).toEqual({ kind: "none" });
    expect(chooseTransport({ kind: "none" })).toBeUndefined();
  });
});

describe("mail settings", () => {
  test("name a mail server or Resend, with a sender", () => {
    const from = "Rowhouse <hello@example.com>";
    const url = "smtp://u:p@mail.example.com:587";
    expect(mailSettingsOf({ MAIL_URL: url, MAIL_FROM: from }, home)).toEqual({ kind: "smtp", url, from });
    expect(mailSettingsOf({ RESEND_API_KEY: "re_1", MAIL_FROM: from }, home)).toEqual({
      kind: "resend",
      apiKey: "re_1",
      from,
    });
  });

  test.each([
    [{ MAIL_URL: "smtp://a", RESEND_API_KEY: "re_value-to-hide", MAIL_FROM: "a@b.example" }, /not both/],
    [{ MAIL_URL: "smtp://value-to-hide" }, /MAIL_FROM/],
    [{ RESEND_API_KEY: "re_value-to-hide" }, /MAIL_FROM/],
    [{ MAIL_FROM: "a@b.example" }, /MAIL_URL/],
  ])("that contradict each other are refused, without their values: %j", (environment, message) => {
    expect(() => mailSettingsOf(environment, home)).toThrow(message);
    expect(() => mailSettingsOf(environment, home)).not.toThrow(/value-to-hide/);
  });

  test.each([
    ["MAIL_URL", "http://value-to-hide"],
    ["MAIL_URL", "value-to-hide"],
    ["MAIL_FROM", "value-to-hide"],
    ["MAIL_FROM", "Evil\r\nBcc: value-to-hide <a@b.example>"],
  ])("with a wrong %s are refused by the settings of the server", (name, value) => {
    const environment = {
      RUNTIME_DATABASE_URL: "postgres://a@b/c",
      IDENTITY_DATABASE_URL: "postgres://a@b/c",
      ROWHOUSE_SECRET: "k8Jq2vN5xR7tW9yB3mD6fH1pL4sZ0cGa",
      PUBLIC_URL: "http://localhost:3000",
      [name]: value,
    };
    expect(() => readWebSettings(environment)).toThrow(name);
    expect(() => readWebSettings(environment)).not.toThrow(/value-to-hide/);
  });
});
