import type { Exchange } from "./exchange.ts";

/** Something about one operation, in words. */
export interface Finding {
  /** `GET /projects/{id}`. */
  readonly operation: string;
  readonly attack: string;
  /** `answered 200; 404 or 403 is right`. */
  readonly what: string;
  /** What was sent, without credentials. */
  readonly sent: string;
}

/** One operation, what it was tried with, and what came back. */
export interface OperationProof {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** The victim's own request; null when none could be made. */
  readonly control: Exchange | null;
  /** True when the answer to the victim held something of the victim's, so that its absence elsewhere says something. */
  readonly showsVictim: boolean;
  readonly attacks: readonly (Exchange & { readonly name: string })[];
}

/** What a run of `proveIsolation` found. */
export interface Proof {
  readonly operations: readonly OperationProof[];
  /** Operations whose control succeeded and whose every attack was answered with a refusal that counts. */
  readonly exercised: readonly string[];
  /** Where the border was crossed. */
  readonly crossings: readonly Finding[];
  /** Where answers tell what is there from what is not, as 403 for a foreign id and 404 for an unknown one. */
  readonly differences: readonly Finding[];
  /** What nothing was proved about, and why. */
  readonly notExercised: readonly { readonly operation: string; readonly reason: string }[];
  /** The exemptions that were needed, with the reasons that were given. */
  readonly exempted: readonly { readonly operation: string; readonly reason: string }[];
  /** The exemptions that nothing needed: take them out. */
  readonly needlessExemptions: readonly string[];
  readonly requests: number;
}

/** The proof as text for a person, without credentials and bodies. */
export function renderProof(proof: Proof): string {
  const { operations, exercised, crossings, differences, notExercised, exempted, needlessExemptions, requests } = proof;
  const findings = (title: string, list: readonly Finding[]) =>
    section(
      title,
      list.map(({ operation, attack, what, sent }) => `${operation} ${attack}: ${what}\n    sent: ${sent}`),
    );
  const reasons = (title: string, list: Proof["exempted"]) =>
    section(
      title,
      list.map(({ operation, reason }) => `${operation}: ${reason}`),
    );
  return [
    `${exercised.length} of ${operations.length} operations exercised with ${requests} requests: ` +
      `${crossings.length} crossings, ${differences.length} differences, ${notExercised.length} not exercised.`,
    ...findings("Crossings (an organization reached another's data)", crossings),
    ...findings("Differences (an answer tells that something exists)", differences),
    ...reasons(
      "Not exercised (give `bodies`, `queries`, `ids` or `prepare`, or exempt them with a reason)",
      notExercised,
    ),
    ...section("Exemptions that nothing needs (take them out)", needlessExemptions),
    ...reasons("Exempt", exempted),
  ].join("\n");
}

/**
 * Throws unless the proof is complete: no crossing, no difference, nothing unexercised, no needless exemption. The message
 * is {@link renderProof}'s.
 */
export function assertIsolated(proof: Proof): void {
  const { crossings, differences, notExercised, needlessExemptions } = proof;
  if ([crossings, differences, notExercised, needlessExemptions].every((list) => list.length === 0)) return;
  throw new Error(`Isolation is not proved.\n${renderProof(proof)}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}
