import { describe, expect, test } from "vitest";
import { readStartSettings, readWebSettings, secretProblem } from "@/settings";

const good = {
  RUNTIME_DATABASE_URL: "postgres://runtime:pw-one@localhost/db",
  IDENTITY_DATABASE_URL: "postgres://identity:pw-two@localhost/db",
  ROWHOUSE_SECRET: "k8Jq2vN5xR7tW9yB3mD6fH1pL4sZ0cGa",
  PUBLIC_URL: "https://app.example.com/",
};

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

describe("the settings of the server", () => {
  test("a complete environment is taken; https makes cookies secure", () => {
    expect(readWebSettings(good)).toMatchObject({ publicUrl: "https://app.example.com", secureCookies: true });
    expect(readWebSettings({ ...good, PUBLIC_URL: "http://localhost:3000" }).secureCookies).toBe(false);
  });

  test("every wrong variable is named at once", () => {
    const message = messageOf(() => readWebSettings({}));
    for (const name of Object.keys(good)) expect(message).toContain(name);
  });

  test.each([
    ["PUBLIC_URL", "ftp://value-to-hide.example"],
    ["PUBLIC_URL", "value-to-hide"],
    ["RUNTIME_DATABASE_URL", ""],
    ["ROWHOUSE_SECRET", "value-to-hide"],
    ["NODE_ENV", "value-to-hide"],
    ["SEAL_KEY", "value-to-hide"],
    ["SEAL_REQUIRED", "value-to-hide"],
  ])("a wrong %s is named, and its value is not printed", (name, value) => {
    const message = messageOf(() => readWebSettings({ ...good, [name]: value }));
    expect(message).toContain(name);
    expect(message).not.toContain("value-to-hide");
    for (const other of Object.values(good)) expect(message).not.toContain(other);
  });
});

describe("a secret", () => {
  test.each([
    [""],
    ["short"],
    ["a".repeat(64)],
    ["abababababababababababababababababab"],
    ["change-me-change-me-change-me-12345678"],
    ["this-is-my-SECRET-for-the-product-0001"],
    ["example-value-0123456789-0123456789-xyz"],
    ["placeholder0123456789abcdefghijklmnopq"],
  ])("%j is refused with the command that makes one", (secret) => {
    expect(secretProblem(secret)).toContain("openssl rand");
  });

  test("a random one is taken", () => {
    expect(secretProblem(good.ROWHOUSE_SECRET)).toBeUndefined();
  });
});

describe("the settings of npm start", () => {
  test("an empty environment has its defaults, and an empty variable is unset", () => {
    expect(readStartSettings({})).toMatchObject({ port: 3000, host: "127.0.0.1", databaseUrl: undefined });
    expect(readStartSettings({ PORT: "", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  test("an empty secret is wrong, not unset", () => {
    expect(messageOf(() => readStartSettings({ ROWHOUSE_SECRET: "" }))).toContain("ROWHOUSE_SECRET");
  });

  test("every wrong variable is named at once, without its value", () => {
    const wrong = {
      PORT: "70000",
      DATABASE_URL: "mysql://value-to-hide",
      PUBLIC_URL: "value-to-hide",
      ROWHOUSE_SECRET: "value-to-hide",
    };
    const message = messageOf(() => readStartSettings(wrong));
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).not.toContain("value-to-hide");
  });

  test.each([["0"], ["-1"], ["65536"], ["3000.5"], ["three"]])("the port %s is refused", (port) => {
    expect(messageOf(() => readStartSettings({ PORT: port }))).toContain("PORT");
  });
});

describe("sealed contexts", () => {
  const [key, old] = ["q7Wd3Zx9Lk2Vb8Nm4Rt6Yp1Hs5Gf0JcA", "t5Bn8Mq2Xw6Ez1Kv9Ly3Dr7Ph4Sg0FjC"];
  const startSealOf = (environment: Readonly<Record<string, string>>) => readStartSettings(environment).seal;

  test("the server seals with its key and insists on it, unless it is told not to", () => {
    expect(readWebSettings(good).seal).toBeUndefined();
    expect(readWebSettings({ ...good, SEAL_KEY: "off" }).seal).toBeUndefined();
    expect(readWebSettings({ ...good, SEAL_KEY: key }).seal).toEqual({ key, isRequired: true });
    expect(readWebSettings({ ...good, SEAL_KEY: key, SEAL_REQUIRED: "false" }).seal).toEqual({
      key,
      isRequired: false,
    });
  });

  test("the start hands the migration the key in use first, the one before it second, and nothing that nobody asked for", () => {
    expect(startSealOf({})).toBeUndefined();
    expect(startSealOf({ SEAL_KEY: "off" })).toBe("off");
    expect(startSealOf({ SEAL_KEY: key })).toEqual({ keys: [key] });
    expect(startSealOf({ SEAL_KEY: key, SEAL_OLD_KEY: old })).toEqual({ keys: [key, old] });
    expect(startSealOf({ SEAL_KEY: key, SEAL_REQUIRED: "false" })).toBeUndefined();
  });

  test.each([
    [{ SEAL_KEY: "" }, "SEAL_KEY needs at least 32 characters"],
    [{ SEAL_KEY: "a".repeat(40) }, "SEAL_KEY is a placeholder"],
    [{ SEAL_KEY: key, SEAL_OLD_KEY: "short" }, "SEAL_OLD_KEY needs at least 32 characters"],
    [{ SEAL_KEY: key, SEAL_OLD_KEY: key }, "SEAL_OLD_KEY is SEAL_KEY"],
    [{ SEAL_OLD_KEY: old }, "SEAL_OLD_KEY is set without SEAL_KEY"],
  ])("%j is refused", (environment, expected) => {
    expect(messageOf(() => readStartSettings(environment))).toContain(expected);
  });
});
