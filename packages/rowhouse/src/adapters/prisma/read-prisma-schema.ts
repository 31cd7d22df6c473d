/** A model as the generated client carries it: without sides and keys of relations, which only the schema's text has. */
export interface RuntimeModel {
  readonly dbName?: string | null;
  readonly schema?: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly kind: string;
    readonly type: string;
    readonly dbName?: string | null;
    readonly relationName?: string | null;
  }[];
}

export interface PrismaRelation {
  readonly name: string;
  readonly relationName: string;
  /** Name of the model at the other end. */
  readonly target: string;
  readonly isList: boolean;
  /** Leads to one row or none. */
  readonly isOptional: boolean;
  /** Fields of this model that hold the key; empty on the side that does not hold it. */
  readonly fields: readonly string[];
  readonly references: readonly string[];
}

export interface PrismaModel {
  readonly name: string;
  /** As {@link TableScopes} names it. */
  readonly table: string;
  /** Names of scalar fields, by the names of their columns. */
  readonly fieldOfColumn: ReadonlyMap<string, string>;
  readonly relations: ReadonlyMap<string, PrismaRelation>;
  /** Keys of more than one field, by the name that a `where` calls them. */
  readonly compoundKeys: ReadonlyMap<string, readonly string[]>;
}

/** What a Prisma schema says of its models that row scoping needs. */
export function readPrismaSchema(
  models: Readonly<Record<string, RuntimeModel>>,
  schema: string,
): ReadonlyMap<string, PrismaModel> {
  const text = new SchemaText(schema);
  return new Map(Object.entries(models).map(([name, model]) => [name, readModel(name, model, text)]));
}

function readModel(name: string, model: RuntimeModel, text: SchemaText): PrismaModel {
  const block = text.block(name);
  const relations = model.fields
    .filter(({ kind }) => kind === "object")
    .map((field) => readRelation(field, text, block));
  const scalars = model.fields.filter(({ kind }) => kind !== "object");
  return {
    name,
    table: `${model.schema ?? "public"}.${model.dbName ?? name}`,
    fieldOfColumn: new Map(scalars.map((field) => [field.dbName ?? field.name, field.name])),
    relations: new Map(relations.map((relation) => [relation.name, relation])),
    compoundKeys: readCompoundKeys(text, block),
  };
}

function readRelation(field: RuntimeModel["fields"][number], text: SchemaText, block: string): PrismaRelation {
  const { name, type, relationName } = field;
  const line = new RegExp(String.raw`^\s*${name}\s+${type}\b(\[\])?(.*)$`, "m").exec(block);
  const attribute = /@relation\(([^)]*)\)/.exec(line?.[2] ?? "")?.[1] ?? "";
  return {
    name,
    relationName: relationName ?? "",
    target: type,
    isList: line?.[1] !== undefined,
    isOptional: line?.[2]?.startsWith("?") === true,
    fields: text.list(attribute, "fields"),
    references: text.list(attribute, "references"),
  };
}

function readCompoundKeys(text: SchemaText, block: string): Map<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>();
  for (const [, inside = ""] of block.matchAll(/@@(?:id|unique)\(([^\n]*)/g)) {
    const fields = names(/\[([^\]]*)\]/.exec(inside)?.[1] ?? "");
    if (fields.length > 1) keys.set(text.named(inside) ?? fields.join("_"), fields);
  }
  return keys;
}

/** Prisma's schema language, with comments out and texts set aside, so that neither can look like a part of it. */
class SchemaText {
  readonly #texts: string[] = [];
  readonly #source: string;

  constructor(schema: string) {
    const plain = schema.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (found) =>
      found.startsWith('"') ? `"${this.#texts.push(found.slice(1, -1)) - 1}"` : "",
    );
    // Arguments may go over several lines; a field is read as one.
    this.#source = plain.replace(/\([^()]*\)/g, (inside) => inside.replace(/\s*\n\s*/g, " "));
  }

  block(model: string): string {
    return new RegExp(String.raw`^\s*(?:model|view)\s+${model}\s*\{([^}]*)\}`, "m").exec(this.#source)?.[1] ?? "";
  }

  list(attribute: string, argument: string): string[] {
    return names(new RegExp(String.raw`\b${argument}\s*:\s*\[([^\]]*)\]`).exec(attribute)?.[1] ?? "");
  }

  named(attribute: string): string | undefined {
    const index = /\bname\s*:\s*"(\d+)"/.exec(attribute)?.[1];
    return index === undefined ? undefined : this.#texts[Number(index)];
  }
}

/** `[a, b(sort: Desc)]` is a and b. */
function names(list: string): string[] {
  return list
    .split(",")
    .map((item) => /\w+/.exec(item)?.[0] ?? "")
    .filter((item) => item !== "");
}
