import { RowhouseError } from "rowhouse";

/**
 * A project as a body asks for it. Whatever else stands in there, an organization say, is left alone.
 *
 * @throws RowhouseError INVALID_INPUT for what is no JSON, which comes as undefined, and for what has no name
 */
export function parseNewProject(body: unknown): { readonly name: string } {
  const name = typeof body === "object" && body !== null && "name" in body ? body.name : undefined;
  if (typeof name === "string") return { name };
  throw new RowhouseError("INVALID_INPUT", 'Send JSON with a name, as {"name": "Rockets"}.');
}
