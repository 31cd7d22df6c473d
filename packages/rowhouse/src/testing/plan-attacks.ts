import { draftRequest, type Draft, type Drafting } from "./draft.ts";
import { fieldOf, listIdFields, withField } from "./id-fields.ts";
import { isRecord } from "./is-record.ts";
import type { Value } from "./known-values.ts";
import { makeUnknown } from "./make-unknown.ts";
import { parseName } from "./parse-name.ts";
import type { Operation } from "./read-operations.ts";
import type { Side } from "./side.ts";

/** One way to reach for what is another's. */
export interface Attack {
  /** `with the victim's projectId`. */
  readonly name: string;
  /**
   * - `reach`: the address names what is the victim's; only a refusal is right.
   * - `refer`: a field of the query or the body does; it must be treated as one that names nothing.
   * - `own`: nothing is asked but one's own, perhaps with the victim's organization smuggled in.
   */
  readonly kind: "reach" | "refer" | "own";
  readonly draft: Draft;
  /** The same with a value that names nothing; its answer must be the same. Another value each time. */
  readonly twin?: (() => Draft) | undefined;
}

export interface Sides {
  readonly attacker: Side;
  readonly victim: Side;
}

export interface AttackPlan {
  readonly attacks: readonly Attack[];
  /** Why some of them could not be made. */
  readonly impossible: readonly string[];
}

/** All attacks on an operation that what is known allows. */
export function planAttacks(operation: Operation, { attacker, victim }: Sides, drafting: Drafting): AttackPlan {
  const impossible: string[] = [];
  const shared = (name: string, collection: string) => new Set(attacker.values(name, collection));
  const foreign = { ids: victim, without: shared };
  const draft = (sources: { place: Side; ids: Side; without?: typeof shared; content?: Side }) => {
    const made = draftRequest(operation, { as: "attacker", content: attacker, ...sources }, drafting);
    return "missing" in made ? undefined : made;
  };
  const own = draft({ place: attacker, ids: attacker });
  const theirs = draft({ place: attacker, ...foreign });
  const attacks: Attack[] = [];
  const outside = draft({ place: victim, ids: victim, content: victim });
  if (outside !== undefined) attacks.push(...reachOrganization(outside, { attacker, victim }));
  const needsIds = (outside ?? own)?.idsInPath.length !== 0;
  if (theirs !== undefined) attacks.push(...reachIds(theirs, own));
  else if (attacks.length === 0 && needsIds) impossible.push(whyNoReach(operation, { attacker, victim }));
  if (own !== undefined) {
    attacks.push(...referFields(own, { attacker, victim }, drafting));
    attacks.push(...smuggle(own, victim), { name: "as itself", kind: "own", draft: own });
  } else if (fieldsOf(operation, { attacker, victim }, drafting).length > 0) {
    impossible.push(
      "The attacker has none of its own for the path, so that no field of it was tried with the victim's ids.",
    );
  }
  return { attacks, impossible };
}

/** Everything of the victim's, its organization too. */
function reachOrganization(draft: Draft, { attacker, victim }: Sides): Attack[] {
  const named = draft.operation.parameters.filter((one) => victim.organizationFor(one) !== undefined);
  const isElsewhere =
    victim.party.origin !== attacker.party.origin ||
    victim.party.organizationHeaders !== attacker.party.organizationHeaders;
  if (named.length === 0 && !isElsewhere) return [];
  const twin = named.length === 0 ? undefined : () => withUnknown(draft, named);
  return [{ name: "under the victim's organization", kind: "reach", draft, twin }];
}

/** The victim's ids under the attacker's own organization: all of them, and each alone where there are several. */
function reachIds(theirs: Draft, own: Draft | undefined): Attack[] {
  const ids = theirs.idsInPath;
  if (ids.length === 0) return [];
  const names = ids.map(({ name }) => name).join(" and ");
  const all: Attack = {
    name: `with the victim's ${names}`,
    kind: "reach",
    draft: theirs,
    twin: () => withUnknown(theirs, ids),
  };
  if (ids.length === 1 || own === undefined) return [all];
  const alone = ids.map((parameter): Attack => {
    const key = `path ${parameter.name}`;
    const value = theirs.parameters.get(key);
    const parameters = value === undefined ? own.parameters : new Map(own.parameters).set(key, value);
    const draft = { ...own, parameters };
    const name = `with the victim's ${parameter.name} among its own`;
    return { name, kind: "reach", draft, twin: () => withUnknown(draft, [parameter]) };
  });
  return [all, ...alone];
}

function withUnknown(draft: Draft, which: readonly { in: string; name: string }[]): Draft {
  const parameters = new Map(draft.parameters);
  for (const { in: place, name } of which) {
    const value = parameters.get(`${place} ${name}`);
    if (value !== undefined) parameters.set(`${place} ${name}`, makeUnknown(value));
  }
  return { ...draft, parameters };
}

interface ForeignField {
  readonly name: string;
  readonly value: Value;
  readonly put: (draft: Draft, value: Value) => Draft;
}

/** Documented fields of the query and the body that name things by id, each with an id of the victim's. */
function fieldsOf(operation: Operation, { attacker, victim }: Sides, { api }: Drafting): ForeignField[] {
  const foreignValue = (name: string): Value | undefined => {
    const own = new Set(attacker.values(name, operation.collection));
    return (
      victim.organizationFor({ name }) ?? victim.values(name, operation.collection).find((value) => !own.has(value))
    );
  };
  const isKnown = (name: string) => foreignValue(name) !== undefined;
  const inQuery = operation.parameters
    .filter(({ in: place, name }) => place === "query" && attacker.organizationFor({ name }) === undefined)
    .filter(({ name }) => parseName(name, "").isExplicit || isKnown(name))
    .map(({ name }) => ({ name, put: (draft: Draft, value: Value) => withQuery(draft, name, value) }));
  const inBody = listIdFields(operation.body?.schema, api, isKnown).map((field) => ({
    name: field.name,
    put: (draft: Draft, value: Value) => ({
      ...draft,
      body: withField(draft.body, field, likeField(draft, field.path, value)),
    }),
  }));
  return [...inQuery, ...inBody].flatMap(({ name, put }) => {
    const value = foreignValue(name);
    return value === undefined ? [] : [{ name, put, value }];
  });
}

/** A number stays the text that the field held before. */
function likeField(draft: Draft, path: readonly string[], value: Value): Value {
  return typeof fieldOf(draft.body, path) === "string" ? String(value) : value;
}

function referFields(own: Draft, sides: Sides, drafting: Drafting): Attack[] {
  return fieldsOf(own.operation, sides, drafting).map(({ name, value, put }) => ({
    name: `with the victim's ${name} in a field`,
    kind: "refer",
    draft: put(own, value),
    twin: () => put(own, makeUnknown(value)),
  }));
}

function withQuery(draft: Draft, name: string, value: Value): Draft {
  return { ...draft, query: { ...draft.query, [name]: value } };
}

/** The victim's organization in places that do not document it: a body, a query, a header of other operations. */
function smuggle(own: Draft, victim: Side): Attack[] {
  const { operation } = own;
  const names = Object.entries(victim.party.organization);
  const unknown = names.filter(
    ([name]) => !operation.parameters.some((one) => one.name.toLowerCase() === name.toLowerCase()),
  );
  if (unknown.length === 0) return [];
  const drafts: [string, Draft][] = [
    ["query", { ...own, query: { ...own.query, ...Object.fromEntries(unknown) } }],
    ["headers", { ...own, headers: { ...own.headers, ...headersOf(unknown) } }],
  ];
  if (isRecord(own.body)) drafts.push(["body", { ...own, body: { ...own.body, ...Object.fromEntries(unknown) } }]);
  // What changes something is sent as often as needed and no more.
  const wanted = operation.isRead ? drafts : drafts.filter(([place]) => place === "body");
  return wanted.map(([place, draft]) => ({
    name: `with the victim's organization in the ${place}`,
    kind: "own",
    draft,
  }));
}

function headersOf(pairs: readonly (readonly [string, Value])[]): Record<string, string> {
  return Object.fromEntries(
    pairs.filter(([, value]) => /^[\x20-\x7e]+$/.test(String(value))).map(([name, value]) => [name, String(value)]),
  );
}

function whyNoReach(operation: Operation, { attacker, victim }: Sides): string {
  const ids = operation.parameters.filter((one) => one.in === "path" && victim.organizationFor(one) === undefined);
  const unseen = ids.filter(({ name, collection }) => victim.values(name, collection).length === 0);
  const names = (list: typeof ids) => list.map(({ name }) => name).join(", ");
  if (unseen.length > 0) {
    return `No answer to the victim shows a value for ${names(unseen)}. Let a list show one, or name it in the victim's \`ids\`.`;
  }
  const own = ids.filter(({ name, collection }) => attacker.values(name, collection).length > 0);
  return `The attacker is shown every value of ${names(own)} that the victim is. If they are everybody's, exempt the operation and say so.`;
}
