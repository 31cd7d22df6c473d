import { lineAt, listFiles, readText } from "./repository-files.mjs";

const source = /^(packages\/[^/]+\/(src|sql)|apps\/[^/]+|bench|scripts\/start)\/.*\.(sql|ts|tsx|mjs)$/;
const test = /(^|\/)(test|tests)\/|\.test\.[a-z]+$/;

export const name = "dangerous SQL";

/** SQL in product code that would let a tenant's context outlive its transaction, or get around row security. */
export async function run(root) {
  const paths = (await listFiles(root)).filter((path) => source.test(path) && !test.test(path));
  const perFile = await Promise.all(
    paths.map(async (path) => {
      const text = withoutComments(await readText(root, path));
      return inspectors.flatMap((inspect) => inspect(text)).map(({ at, say }) => `${path}:${lineAt(text, at)}: ${say}`);
    }),
  );
  return perFile.flat();
}

const inspectors = [findSessionSettings, findOpenDefiners, findRuntimeBypass, findSessionConfig];

function findSessionSettings(text) {
  const pattern = /\bset\s+(session\s+)?["'`]?rowhouse\.\w+/gi;
  return findAll(text, pattern, "tenant context set for a session. Use set_config(name, value, true).");
}

function findOpenDefiners(text) {
  const declared = /\b(?:create\s+(?:or\s+replace\s+)?|alter\s+)(?:function|procedure)\b/gi;
  const starts = [...text.matchAll(declared)].map((match) => match.index);
  return starts.flatMap((start, index) => {
    const statement = text.slice(start, starts[index + 1]);
    const definer = /\bsecurity\s+definer\b/i.exec(statement);
    if (definer === null || /\bset\s+search_path\s*(=|to)\s*''/i.test(statement)) return [];
    return [{ at: start + definer.index, say: "security definer without `set search_path = ''`." }];
  });
}

function findRuntimeBypass(text) {
  const role = /\b(?:create|alter)\s+(?:role|user)\b[^;]*/gi;
  const bypass = [...text.matchAll(role)]
    .filter(([statement]) => /runtime/i.test(statement) && /\bbypassrls\b/i.test(statement))
    .map((match) => ({ at: match.index, say: "the runtime role must not have bypassrls." }));
  const membership = /\bgrant\s+["\w]*(owner|operator)["\w]*\s+to\s+["\w]*runtime/gi;
  return [...bypass, ...findAll(text, membership, "the runtime role must not be a member of a stronger role.")];
}

function findSessionConfig(text) {
  return [...text.matchAll(/\bset_config\s*\(/gi)]
    .filter((match) => lastArgument(text, match.index + match[0].length) === "false")
    .map((match) => ({ at: match.index, say: "set_config(…, false) outlives the transaction. Pass true." }));
}

function findAll(text, pattern, say) {
  return [...text.matchAll(pattern)].map((match) => ({ at: match.index, say }));
}

/** The last argument of a call whose opening parenthesis is just before `start`. */
function lastArgument(text, start) {
  let depth = 1;
  let argument = start;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (text[at] === "," && depth === 1) argument = at + 1;
    if (depth === 0) return text.slice(argument, at).trim().toLowerCase();
  }
  return undefined;
}

/** Comments explain the very words that are forbidden; blanks in their place keep the line numbers. */
function withoutComments(text) {
  const blank = (comment) => comment.replace(/[^\n]/g, " ");
  return text.replace(/(?<=^|\s)\/\*[\s\S]*?\*\//gm, blank).replace(/(?<=^|\s)(\/\/|--(?=\s)).*$/gm, blank);
}
