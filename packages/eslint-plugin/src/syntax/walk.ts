import type { TSESTree } from "@typescript-eslint/utils";
import type { Code } from "./code.ts";

/** A node and all below it, without those for which `enters` says no. Never recursive: files may be deep. */
export function* walk(
  code: Code,
  root: TSESTree.Node,
  enters: (node: TSESTree.Node) => boolean = () => true,
): Generator<TSESTree.Node> {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    if (node === root || enters(node)) open.push(...childrenOf(code, node).reverse());
  }
}

function childrenOf(code: Code, node: TSESTree.Node): TSESTree.Node[] {
  const fields = node as unknown as Record<string, unknown>;
  return (code.source.visitorKeys[node.type] ?? []).flatMap((key) => {
    const value = fields[key];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}
