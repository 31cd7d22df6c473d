/**
 * One line of a CSV file (RFC 4180), every cell in quotes. Cells that a spreadsheet would run as a formula begin with an
 * apostrophe instead.
 */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => `"${defuse(String(cell ?? "")).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

// Also the full-width forms, which some spreadsheets read as the plain ones, and what they skip in front of a formula.
const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

function defuse(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}
