import { LineCounter, parseDocument } from "yaml";
import { RowhouseError } from "rowhouse";
import type {
  Derivation,
  ExistingTeams,
  PathStep,
  Plan,
  PlannedReference,
  PlannedTable,
  PlannedUnique,
  PlannedUsers,
  Question,
} from "../plan.ts";
import { applyAnswers } from "./apply-answers.ts";
import {
  listOf,
  nullable,
  objectOf,
  oneOf,
  readFlag,
  readNumber,
  readText,
  recordOf,
  wrong,
  type Place,
  type Read,
} from "./node-reader.ts";

/**
 * Reads a plan that a person may have edited. Answers are applied: what a question decides stands in its table. `phases` is empty;
 * it is made anew.
 *
 * @throws RowhouseError INVALID_INPUT that names the line and the key
 */
export function parsePlan(source: string, file: string): Plan {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined)
    throw new RowhouseError(
      "INVALID_INPUT",
      `${file}:${lines.linePos(error.pos[0]).line}: this is no YAML: ${error.message}`,
    );
  const whole: Place = { node: document.contents, path: "", file, lines };
  const plan = readPlanNode(whole);
  return applyAnswers(plan, (path, message) =>
    wrong({ ...whole, node: nodeAt(document, path), path: pathText(path) }, message),
  );
}

function nodeAt(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): unknown {
  return document.getIn(path, true);
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

const names = listOf(readText);

const readUsers = objectOf<PlannedUsers>({
  table: readText,
  key: readText,
  keyType: readText,
  name: nullable(readText),
  email: nullable(readText),
});

const readTeams = objectOf<ExistingTeams>({
  table: readText,
  key: readText,
  name: nullable(readText),
  slug: nullable(readText),
  members: nullable(
    objectOf<NonNullable<ExistingTeams["members"]>>({
      table: readText,
      team: readText,
      user: readText,
      role: nullable(readText),
      roles: recordOf(oneOf("owner", "admin", "member", "viewer")),
    }),
  ),
  owner: nullable(readText),
});

const readBy = oneOf("user", "team", "parent", "referrer", "polymorphic", "coalesce");

const readDerivation: Read<Derivation> = (place) => {
  const by = readBy(byOf(place));
  switch (by) {
    case "user":
    case "team":
      return objectOf<{ by: typeof by; column: string }>({ by: () => by, column: readText })(place);
    case "parent":
      return objectOf<Extract<Derivation, { by: "parent" }>>({
        by: () => by,
        columns: names,
        parent: readText,
        parentColumns: names,
      })(place);
    case "referrer":
      return objectOf<Extract<Derivation, { by: "referrer" }>>({
        by: () => by,
        columns: names,
        referrer: readText,
        referrerColumns: names,
      })(place);
    case "polymorphic":
      return objectOf<Extract<Derivation, { by: "polymorphic" }>>({
        by: () => by,
        typeColumn: readText,
        idColumn: readText,
        cases: listOf(
          objectOf<{ value: string; parent: string; parentColumn: string }>({
            value: readText,
            parent: readText,
            parentColumn: readText,
          }),
        ),
      })(place);
    case "coalesce":
      return objectOf<Extract<Derivation, { by: "coalesce" }>>({ by: () => by, of: listOf(readDerivation) })(place);
  }
};

/** The place of the key that says what kind of derivation it is. */
function byOf(place: Place): Place {
  const node = place.node;
  const found =
    typeof node === "object" && node !== null && "get" in node && typeof node.get === "function"
      ? (node as { get(key: string, keep: true): unknown }).get("by", true)
      : undefined;
  if (found === undefined)
    throw wrong(place, "has no by; expected user, team, parent, referrer, polymorphic or coalesce.");
  return { ...place, node: found, path: `${place.path}.by` };
}

const readTable = objectOf<PlannedTable>({
  table: readText,
  class: oneOf("tenant", "identity", "global", "mixed", "existing-tenant", "ask"),
  path: listOf(objectOf<PathStep>({ from: readText, to: readText })),
  derive: nullable(readDerivation),
  confidence: readNumber,
  reason: readText,
  issues: names,
  internal: readFlag,
  unowned: nullable(oneOf("guest", "leave", "delete")),
  key: names,
  rows: readNumber,
  bytes: readNumber,
  uniques: listOf(objectOf<PlannedUnique>({ index: readText, columns: names, widen: readFlag, reason: readText })),
  references: listOf(
    objectOf<PlannedReference>({
      constraint: nullable(readText),
      columns: names,
      parent: readText,
      parentColumns: names,
      composite: readFlag,
    }),
  ),
});

const readPlanNode = objectOf<Plan>({
  version: oneOf(1),
  database: readText,
  fingerprint: readText,
  anchor: readText,
  users: readUsers,
  teams: nullable(readTeams),
  column: readText,
  lazy: readFlag,
  applicationRole: nullable(readText),
  stripeCustomer: nullable(readText),
  issues: names,
  questions: listOf(
    objectOf<Question>({
      id: readText,
      table: nullable(readText),
      question: readText,
      choices: names,
      answer: nullable(readText),
    }),
  ),
  tables: listOf(readTable),
  phases: () => [],
});
