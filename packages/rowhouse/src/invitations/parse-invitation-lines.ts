import { isRole, type Role } from "../access/roles.ts";

/** One address of a pasted text, where it stood, and the role beside it if there was one. */
export interface InvitationLine {
  readonly line: number;
  readonly text: string;
  readonly role?: Role | undefined;
}

/**
 * Takes apart what people paste: addresses a line, or with commas, semicolons, tabs or spaces between them; CSV with a
 * role in the next column (`ada@example.com,admin`) and a header; `Ada Lovelace <ada@example.com>` from a mail program.
 */
export function parseInvitationLines(text: string): InvitationLine[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const isHeader = index === 0 && /^\s*"?e-?mail"?\s*([,;\t]|$)/i.test(line);
    return isHeader ? [] : parseLine(line, index + 1);
  });
}

function parseLine(text: string, line: number): InvitationLine[] {
  const inBrackets = [...text.matchAll(/<([^<>]*)>/g)].map(([, address]) => address ?? "");
  const rest = text.slice(text.lastIndexOf(">") + 1);
  const cells = inBrackets.length > 0 ? [...inBrackets, ...rest.split(/[,;\t]/)] : text.split(/[,;\t]/);
  const words = cells.flatMap(splitAddresses).filter((word) => word !== "");
  return words.reduce<InvitationLine[]>((found, word) => {
    const role = word.toLowerCase();
    const last = found.at(-1);
    return last !== undefined && isRole(role)
      ? [...found.slice(0, -1), { ...last, role }]
      : [...found, { line, text: word }];
  }, []);
}

function splitAddresses(cell: string): string[] {
  const plain = cell
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
  const words = plain.split(/\s+/);
  return words.every((word) => word.includes("@")) ? words : [plain];
}
