/** Texts that a regular expression of Postgres allows, as far as it means the same in JavaScript. */
export async function stringsMatching(pattern: string): Promise<readonly string[]> {
  // Only a schema with patterns pays for loading it.
  const { sample, stringMatching } = await import("fast-check");
  for (const source of [`^(?:${translate(pattern)})$`, translate(pattern)]) {
    try {
      const found = sample(stringMatching(new RegExp(source, "u"), { size: "small" }), 12);
      return found.filter((text) => !text.includes("\u0000"));
    } catch {
      // What JavaScript or fast-check cannot read gives no candidate; others are tried.
    }
  }
  return [];
}

const classes: Readonly<Record<string, string>> = {
  alpha: "a-zA-Z",
  digit: "0-9",
  alnum: "a-zA-Z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: " ",
  xdigit: "0-9a-f",
  punct: "!.,;:?",
  word: "a-zA-Z0-9_",
};

function translate(pattern: string): string {
  return (
    pattern
      .replace(/^\(\?[a-z]+\)/, "")
      .replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole)
      .replaceAll("\\A", "^")
      .replaceAll("\\Z", "$")
      .replace(/\\[mMyY]/g, "")
      // Escapes that need none are errors to a RegExp that reads Unicode.
      .replace(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, "$1")
      .replace(/\\-(?![^[]*\])/g, "-")
  );
}
