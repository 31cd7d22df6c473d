/** A piece of a text that becomes another; both empty-handed where something is only put in. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** All else stays as it is, byte for byte. Edits at one place come in their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let [result, at] = ["", 0];
  for (const edit of [...edits].sort((one, other) => one.start - other.start || one.end - other.end)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Past the end of the line. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at + 1;
}
