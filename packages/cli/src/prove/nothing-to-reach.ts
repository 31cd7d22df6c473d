/** There is nothing that this attempt could reach, of anybody: an answer of its own, and no failed control. The message says why. */
export class NothingToReach extends Error {
  override readonly name = "NothingToReach";
}
