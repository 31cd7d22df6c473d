export { proveIsolation } from "./prove-isolation.ts";
export type { Prepared, ProofOptions } from "./proof-options.ts";
export { assertIsolated, renderProof, type Finding, type OperationProof, type Proof } from "./proof.ts";
export { fingerprintOf, type Fingerprint, type FingerprintOptions } from "./fingerprint-of.ts";
export type { BodyMaker } from "./draft.ts";
export type { Exchange, SendRequest } from "./exchange.ts";
export type { Value } from "./known-values.ts";
export type { Party } from "./party.ts";
