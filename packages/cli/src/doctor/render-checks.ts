import type { Check } from "./load-checks.ts";

/** The reference of all checks: a table, then every page. `docs/reference/checks.md` is what this prints. */
export function renderChecks(checks: readonly Check[], notChecked: string): string {
  const rows = checks.map(
    ({ code, name, level, title }) => `| [${code}](#${code.toLowerCase()}) | ${level} | \`${name}\` | ${title} |`,
  );
  const pages = checks.map(
    ({ code, title, level, covers, lock, text }) =>
      `## ${code}\n\n**${title}** (${level}; catalogue ${covers.join(", ")}; ${locks(lock)})\n\n${asSection(text)}\n`,
  );
  return [
    "# Checks of the doctor",
    "",
    "<!-- Generated from packages/cli/checks by the test that compares them: `npx vitest run test/doctor/reference --update` in packages/cli. -->",
    "",
    "What `npx rowhouse doctor` looks for. Each check is a page and a statement in `packages/cli/checks`, and its test goes from a clean database to a hole, to the finding, to the",
    "printed fix and back to clean, past something harmless that looks alike.",
    "",
    "| check | level | name | what it finds |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    ...pages,
    "## Not checked",
    "",
    notChecked.replace(/<!--[\s\S]*?-->\s*/, "").trim(),
    "",
  ].join("\n");
}

function locks(lock: string): string {
  return lock === "none" ? "the fix locks no table" : `the fix takes ${lock}`;
}

/** A page links to other pages, which are sections here. */
function asSection(text: string): string {
  return text.replaceAll(/^## /gm, "### ").replaceAll(/\]\((rh\d{4})\.md\)/g, "](#$1)");
}
