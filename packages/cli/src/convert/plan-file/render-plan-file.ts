import { Document, isMap, isScalar, isSeq, visit, type Pair } from "yaml";
import type { Plan } from "../plan.ts";

const header = `
 What \`rowhouse convert run\` will do, for you to read and to change. What you write here is what happens.

 Every question needs an answer. A table's class is one of
   tenant           gets the new column; \`derive\` says how a row's organization is found
   mixed            the same, but rows without an owner are everybody's
   existing-tenant  teams and who is in them: each team becomes an organization
   identity         stays a person's: sessions, accounts, settings
   global           stays everybody's; tenants may only read it, and not at all where \`internal\` is true, as of a queue
   ask              is not decided: answer its question, or write another class and \`derive\`

 No password and no address of a server belongs in this file.`;

const comments: Readonly<Record<string, string>> = {
  fingerprint: " Of the schema that the plan was made from; when that has changed, make the plan anew.",
  users: " Whoever is a row here gets an organization.",
  teams: " Teams that there are already, each of which becomes an organization.",
  column: " The new column.",
  lazy: " true: organizations are made when first needed.",
  questions: " Write one of the choices as the answer.",
  tables:
    " `issues` is for you to know. `widen: true` makes a unique key hold within an organization. `composite: true` adds a foreign key that begins with it.",
  phases: " Made from the rest, for you to read: editing this changes nothing.",
};

/** The plan as a file that a person edits. Reading it back gives the same plan. */
export function renderPlanFile(plan: Plan): string {
  const { tables, questions, phases, ...rest } = plan;
  const document = new Document({ ...rest, questions, tables, phases }, { aliasDuplicateObjects: false });
  document.commentBefore = header;
  visit(document, {
    Pair: (_, pair) => {
      if (isSeq(pair.value) && isOfNames(pair)) pair.value.flow = true;
    },
  });
  if (isMap(document.contents))
    for (const pair of document.contents.items) {
      if (!isScalar(pair.key)) continue;
      const comment = comments[String(pair.key.value)];
      if (comment !== undefined) pair.key.commentBefore = comment;
      pair.key.spaceBefore = comment !== undefined;
      if (isSeq(pair.value)) for (const item of pair.value.items.slice(1)) if (isMap(item)) item.spaceBefore = true;
    }
  return document.toString({ lineWidth: 0 });
}

/** Names of columns are written in one line. */
function isOfNames({ key }: Pair): boolean {
  return isScalar(key) && ["columns", "parentColumns", "referrerColumns", "key"].includes(String(key.value));
}
