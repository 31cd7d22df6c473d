/**
 * Guards without which nothing that anybody can observe changes, each with its reason. An entry that fits no mutant fails
 * the run, so the list cannot outlive the code.
 */
export const equivalentMutants = [];
