import type { Node } from "libpg-query";

const found = new WeakMap<object, readonly Node[]>();

/** Every node of a tree, the tree itself first. Several checks ask for the same trees, so each is walked once. */
export function nodesOf(tree: Node | null | undefined): readonly Node[] {
  if (tree === null || tree === undefined) return [];
  const before = found.get(tree);
  if (before !== undefined) return before;
  const nodes = [...walk(tree)];
  found.set(tree, nodes);
  return nodes;
}

function* walk(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) {
    for (const each of tree) yield* walk(each);
  } else if (typeof tree === "object" && tree !== null) {
    if (isNode(tree)) yield tree;
    for (const each of Object.values(tree)) yield* walk(each);
  }
}

/** Nodes are objects with one key, which is their kind: it begins with a capital letter, and no other key does. */
function isNode(value: object): value is Node {
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && /^[A-Z]/.test(key);
}
