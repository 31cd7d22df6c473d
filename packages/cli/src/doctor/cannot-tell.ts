/** A check that this run cannot make, though the server refused nothing: the report calls it inconclusive. The message says why. */
export class CannotTell extends Error {
  override readonly name = "CannotTell";
}
