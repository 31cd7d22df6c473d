/** Something about the machine or its settings that a person has to change. Printed as one line, without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}
