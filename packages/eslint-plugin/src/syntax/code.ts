import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { parseSettings, type ParsedSettings } from "../settings.ts";

/** A file as the rules see it. What is found out about a node is kept, so that odd files cost no more than their length. */
export interface Code {
  readonly source: Readonly<TSESLint.SourceCode>;
  readonly settings: ParsedSettings;
  /** From where the linter was started, with `/` on every system. */
  readonly path: string;
  readonly isScope: WeakMap<TSESTree.Node, boolean>;
  readonly isSafeText: WeakMap<TSESTree.Node, boolean>;
}

type AnyContext = Pick<
  TSESLint.RuleContext<string, readonly unknown[]>,
  "sourceCode" | "settings" | "filename" | "cwd"
>;

const known = new WeakMap<object, Code>();

/** One for all rules that look at a file. */
export function readCode({ sourceCode, settings, filename, cwd }: AnyContext): Code {
  const found = known.get(sourceCode);
  if (found !== undefined) return found;
  const code = {
    source: sourceCode,
    settings: parseSettings(settings.rowhouse),
    path: (filename.startsWith(cwd) ? filename.slice(cwd.length) : filename).replaceAll("\\", "/"),
    isScope: new WeakMap(),
    isSafeText: new WeakMap(),
  };
  known.set(sourceCode, code);
  return code;
}
