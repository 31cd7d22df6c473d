import { RuleTester } from "eslint";
import * as parser from "@typescript-eslint/parser";
import { describe, it } from "vitest";
import plugin from "../src/index.ts";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

/** Code, or code in a file of another name, with settings or options of its own. */
type Sample = string | { code: string; filename?: string; settings?: object; options?: object };

interface Samples {
  /** By what they show. */
  readonly valid: Readonly<Record<string, Sample>>;
  /** With the messages that are expected, in order. */
  readonly invalid: Readonly<Record<string, { sample: Sample; messages: readonly string[] }>>;
}

const tester = new RuleTester({
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
});

/** Runs a rule on labelled samples of application code. */
export function testRule(name: string, { valid, invalid }: Samples): void {
  const rule = plugin.rules[name];
  if (rule === undefined) throw new Error(`There is no rule ${name}.`);
  tester.run(name, rule, {
    valid: Object.entries(valid).map(([label, sample]) => ({ name: label, ...caseOf(sample) })),
    invalid: Object.entries(invalid).map(([label, { sample, messages }]) => ({
      name: label,
      ...caseOf(sample),
      errors: messages.map((messageId) => ({ messageId })),
    })),
  });
}

/** An invalid sample. */
export function reports(sample: Sample, ...messages: string[]): { sample: Sample; messages: readonly string[] } {
  return { sample, messages };
}

function caseOf(sample: Sample) {
  const {
    code,
    filename = "projects/queries.tsx",
    settings,
    options,
  } = typeof sample === "string" ? { code: sample } : sample;
  return {
    code,
    filename,
    ...(settings === undefined ? {} : { settings: { rowhouse: settings } }),
    ...(options === undefined ? {} : { options: [options] }),
  };
}
