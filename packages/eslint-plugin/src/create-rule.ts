import { ESLintUtils, type TSESLint } from "@typescript-eslint/utils";
import { readCode, type Code } from "./syntax/code.ts";

interface RuleParts<Message extends string, Option extends object> {
  readonly name: string;
  readonly description: string;
  readonly messages: Readonly<Record<Message, string>>;
  /** The one option object: each property is a list of names. */
  readonly options?: {
    readonly [Key in keyof Option]: { readonly description: string; readonly default: Option[Key] };
  };
  readonly create: (code: Code, tools: RuleTools<Message, Option>) => TSESLint.RuleListener;
}

interface RuleTools<Message extends string, Option extends object> {
  readonly option: Option;
  readonly report: TSESLint.RuleContext<Message, [Partial<Option>]>["report"];
}

export type RowhouseRule = TSESLint.RuleModule<string, readonly unknown[]>;

const create = ESLintUtils.RuleCreator((name) => `docs/${name}.md`);

/** A rule that looks at code by way of {@link Code}. Its options are lists of names, each added to its default. */
export function createRule<Message extends string, Option extends Record<string, readonly string[]> = never>(
  parts: RuleParts<Message, Option>,
): RowhouseRule {
  const options: Record<string, { description: string; default: readonly string[] }> = { ...parts.options };
  const properties = Object.fromEntries(
    Object.entries(options).map(([name, { description }]) => [
      name,
      { type: "array" as const, items: { type: "string" as const }, description },
    ]),
  );
  const rule = create<[Partial<Option>], Message>({
    name: parts.name,
    meta: {
      type: "problem",
      docs: { description: parts.description },
      messages: parts.messages,
      schema: [{ type: "object", properties, additionalProperties: false }],
      defaultOptions: [{}],
    },
    create(context) {
      const given: Record<string, readonly string[] | undefined> = { ...context.options[0] };
      const option = Object.fromEntries(
        Object.entries(options).map(([name, { default: usual }]) => [name, [...usual, ...(given[name] ?? [])]]),
      ) as unknown as Option;
      return parts.create(readCode(context), { option, report: (found) => context.report(found) });
    },
  });
  return rule;
}
