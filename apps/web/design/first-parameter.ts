/** One search parameter, also when somebody wrote it twice into the address. */
export function firstParameter(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
