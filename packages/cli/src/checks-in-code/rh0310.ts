import { lastName, namesOf } from "../expression/names-of.ts";
import { nodesOf } from "../expression/nodes-of.ts";
import type { Node } from "libpg-query";
import type { Inspection, RawFinding } from "../doctor/inspection.ts";
import { quote } from "./policy-fixes.ts";

const harmless = new Set(["text", "varchar", "bpchar", "name", "json", "jsonb"]);

/** A policy that makes a typed value of a text that the row has: the error quotes the text, whosever row it is. */
export async function rh0310(inspection: Inspection): Promise<readonly RawFinding[]> {
  const policies = await inspection.tenantPolicies();
  return policies
    .filter(({ using, check, textColumns }) =>
      [...nodesOf(using?.node), ...nodesOf(check?.node)].some((node) => convertsText(node, textColumns)),
    )
    .map((policy) => ({
      level: null,
      object: policy.table,
      about: policy.name,
      detail: `Policy "${policy.name}" converts a text of the row; where that fails, the error shows the text: ${quote(policy, "using")}.`,
      fix: null,
    }));
}

function convertsText(node: Node, textColumns: readonly string[]): boolean {
  if (!("TypeCast" in node)) return false;
  const type = lastName(node.TypeCast.typeName?.names);
  if (type === undefined || harmless.has(type)) return false;
  return isRowsText(node.TypeCast.arg, textColumns);
}

/** A column of text, or what `->>` and `#>>` take out of a document; brackets and further casts to text leave it one. */
function isRowsText(node: Node | undefined, textColumns: readonly string[]): boolean {
  if (node === undefined) return false;
  if ("TypeCast" in node) return isRowsText(node.TypeCast.arg, textColumns);
  if ("ColumnRef" in node) {
    return textColumns.includes(lastName(node.ColumnRef.fields) ?? "");
  }
  if (!("A_Expr" in node)) return false;
  const [symbol] = namesOf(node.A_Expr.name);
  return (symbol === "->>" || symbol === "#>>") && nodesOf(node.A_Expr.lexpr).some((inner) => "ColumnRef" in inner);
}
