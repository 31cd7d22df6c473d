/** What can be told of a value without the rows: in a policy, of the row that somebody reaches for and of who reaches. */
export type Value =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "null" }
  /** The tenant that the transaction works for. */
  | { readonly kind: "own" }
  /** Any other tenant. */
  | { readonly kind: "foreign" }
  /** Whatever a row has in another column: it can be anything. */
  | { readonly kind: "free" }
  /** Another table, a function or the session decides it. */
  | { readonly kind: "opaque" }
  /** A setting that any statement can change, and that is not the tenant's. */
  | { readonly kind: "chosen" }
  /** A condition on nothing but such a setting. */
  | { readonly kind: "switch" }
  /** Finding out raises an error. */
  | { readonly kind: "error" };

export const isTrue: Value = { kind: "boolean", value: true };
export const isFalse: Value = { kind: "boolean", value: false };
export const isNull: Value = { kind: "null" };
export const own: Value = { kind: "own" };
export const foreign: Value = { kind: "foreign" };
export const free: Value = { kind: "free" };
export const opaque: Value = { kind: "opaque" };
export const chosen: Value = { kind: "chosen" };
export const isSwitch: Value = { kind: "switch" };
export const raises: Value = { kind: "error" };

export const text = (given: string): Value => ({ kind: "text", text: given });
const truth = (value: boolean): Value => (value ? isTrue : isFalse);

/** `left = right`. */
export function equals(left: Value, right: Value): Value {
  return (
    either(left, right, "error") ??
    either(left, right, "null") ??
    either(left, right, "opaque") ??
    compareChosen(left, right) ??
    either(left, right, "free") ??
    compareKnown(left, right)
  );
}

/** `left IS NOT DISTINCT FROM right`. */
export function isSame(left: Value, right: Value): Value {
  if (left.kind === "null" || right.kind === "null") return nullTest(left.kind === "null" ? right : left);
  return equals(left, right);
}

/** `value IS NULL`. */
export function nullTest(value: Value): Value {
  if (value.kind === "null") return isTrue;
  if (value.kind === "chosen") return isSwitch;
  return isUnknown(value) ? value : isFalse;
}

export function not(value: Value): Value {
  return value.kind === "boolean" ? truth(!value.value) : value;
}

/** `AND` of SQL: nothing that is false or null beside it makes it true. */
export function and(values: readonly Value[]): Value {
  return values.reduce((left, right) => (rank(left) <= rank(right) ? left : right), isTrue);
}

/** `OR` of SQL. */
export function or(values: readonly Value[]): Value {
  return values.reduce((left, right) => (rank(left) >= rank(right) ? left : right), isFalse);
}

/** Error, free and opaque: nothing more can be told of what is made from them. */
export function isUnknown({ kind }: Value): boolean {
  return ["free", "opaque", "chosen", "switch", "error"].includes(kind);
}

/** How near a condition is to letting a row through. */
function rank(value: Value): number {
  if (value.kind === "boolean") return value.value ? 6 : 0;
  if (value.kind === "null") return 1;
  if (value.kind === "error") return 2;
  if (value.kind === "free") return 5;
  return value.kind === "switch" ? 4 : 3;
}

/** With a constant, whoever may send a statement decides; with the row, whoever wrote it has a say. */
function compareChosen(left: Value, right: Value): Value | undefined {
  const [one, other] = left.kind === "chosen" || left.kind === "switch" ? [left, right] : [right, left];
  if (one.kind !== "chosen" && one.kind !== "switch") return undefined;
  return ["text", "boolean"].includes(other.kind) ? isSwitch : opaque;
}

function either(left: Value, right: Value, kind: Value["kind"]): Value | undefined {
  return [left, right].find((value) => value.kind === kind);
}

function compareKnown(left: Value, right: Value): Value {
  if (left.kind === "text" && right.kind === "text") return truth(left.text === right.text);
  if (left.kind === "boolean" && right.kind === "boolean") return truth(left.value === right.value);
  const given = [left, right].find((value) => value.kind === "text");
  // A tenant that is written down is some tenant; an empty text is none.
  if (given?.kind === "text") return given.text === "" ? isFalse : free;
  return truth(left.kind === right.kind);
}
