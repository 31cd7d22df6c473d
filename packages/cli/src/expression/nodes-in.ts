import type { Node } from "libpg-query";

/** Every node of a tree, the tree itself first. */
export function* nodesIn(tree: unknown): Generator<Node> {
  if (Array.isArray(tree)) {
    for (const each of tree) yield* nodesIn(each);
  } else if (typeof tree === "object" && tree !== null) {
    if (isNode(tree)) yield tree;
    for (const each of Object.values(tree)) yield* nodesIn(each);
  }
}

/** Nodes are objects with one key, which is their kind: it begins with a capital letter, and no other key does. */
function isNode(value: object): value is Node {
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && /^[A-Z]/.test(key);
}
