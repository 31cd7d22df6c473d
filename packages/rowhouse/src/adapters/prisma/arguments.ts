/** What a Prisma call is given, or a part of it. Objects of classes are taken too: Prisma reads their fields as well. */
export type Arguments = Readonly<Record<string, unknown>>;

export function isArguments(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Prisma takes one or a list of most things. */
export function mapEach(value: unknown, map: (item: Arguments) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (isArguments(item) ? map(item) : item));
  return isArguments(value) ? map(value) : value;
}

/** The same object with some of its fields changed; fields that it does not have stay away. */
export function mapFields(value: Arguments, map: (item: unknown, key: string) => unknown): Arguments {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item, key)]));
}
