import { RowhouseError, tooManyRequests, type ErrorCode, type FieldError } from "rowhouse";
import { toProblem } from "rowhouse/http";
import { describe, expect, it } from "vitest";
import type { Language } from "../../i18n/language.ts";
import { translateProblem } from "../../i18n/translate-problem.ts";

function refusal(code: ErrorCode, message: string, fields: readonly FieldError[] = []) {
  return toProblem(new RowhouseError(code, message, { fields }));
}

const counted = { policy: { name: "test", limit: 1, windowSeconds: 86_400 }, isAllowed: false, remaining: 0 };

describe("a refusal", () => {
  it("stays word for word what it is in English", () => {
    const problem = refusal("CONFLICT", "Another service account has this name.");
    expect(translateProblem(problem, "en")).toBe(problem);
  });

  it("is told by its sentence in German, and keeps its code, status and fields", () => {
    const message = "There is an account with this address. Sign in instead.";
    const field = { field: "email", message, code: "TAKEN" } as const;
    const problem = refusal("CONFLICT", field.message, [field]);
    const german = "Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an.";
    expect(translateProblem(problem, "de")).toEqual({
      ...problem,
      detail: german,
      errors: [{ ...field, message: german }],
    });
  });

  it("keeps the values in a sentence", () => {
    const problem = refusal("INVALID_INPUT", "x", [
      { field: "name", message: "Use at most 100 characters.", code: "TOO_LONG" },
    ]);
    expect(translateProblem(problem, "de").errors?.[0]?.message).toBe("Verwenden Sie höchstens 100 Zeichen.");
  });

  it("is told by its code where the sentence is not known, never in a foreign language", () => {
    const problem = refusal("GONE", "A sentence that nobody has translated.");
    expect(translateProblem(problem, "de").detail).toBe("Das ist nicht mehr offen.");
  });

  it("tells a field whose sentence is not known by the field's code, and keeps the code", () => {
    const field = { field: "name", message: "At most nine of those, please.", code: "TOO_MANY" } as const;
    expect(translateProblem(refusal("INVALID_INPUT", "x", [field]), "de").errors).toEqual([
      { ...field, message: "Das sind zu viele." },
    ]);
    const known = { ...field, message: "Enter a name." };
    expect(translateProblem(refusal("INVALID_INPUT", "x", [known]), "de").errors?.[0]?.message).toBe(
      "Geben Sie einen Namen ein.",
    );
  });

  it.each([
    [1, "in 10 seconds", "in 10 Sekunden"],
    [43, "in 50 seconds", "in 50 Sekunden"],
    [51, "in 1 minute", "in 1 Minute"],
    [121, "in 3 minutes", "in 3 Minuten"],
    [3541, "in 1 hour", "in 1 Stunde"],
    [86_400, "in 24 hours", "in 24 Stunden"],
  ])("for too many attempts, %i seconds before the next, says %s, or %s", (seconds, english, german) => {
    const problem = toProblem(tooManyRequests({ ...counted, resetSeconds: seconds }));
    const told = (language: Language) => translateProblem(problem, language, seconds).detail;
    expect(told("en")).toBe(`Too many attempts. Try again ${english}.`);
    expect(told("de")).toBe(`Zu viele Versuche. Versuchen Sie es ${german} noch einmal.`);
  });

  it("of ours alone is told as one, whatever its code", () => {
    expect(translateProblem(refusal("NO_TENANT", "secret"), "de").detail).toMatch(/^Der Server konnte das nicht/);
  });

  it("puts hostile values back as they are, and does not hang on long ones", () => {
    const told = (message: string) => translateProblem(refusal("WRONG_ACCOUNT", message), "de").detail;
    expect(told("This invitation is for $&{email}. Sign up with that address.")).toBe(
      "Diese Einladung gilt für $&{email}. Registrieren Sie sich mit dieser Adresse.",
    );
    const started = performance.now();
    expect(told(`This invitation is for ${"a. You are signed in as ".repeat(100_000)}`)).toMatch(/^Das gilt für eine/);
    expect(told("__proto__")).toMatch(/^Das gilt für eine/);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
