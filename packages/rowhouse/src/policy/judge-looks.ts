import type { GuardFinding } from "./guard-finding.ts";
import { canaryTable } from "./canary.ts";
import type { Look, Looks } from "./try-tables.ts";

/** What was seen and should not have been, what was not seen and should have been, and what could not be tried. */
export function judgeLooks(looks: Looks, isSealed: boolean): GuardFinding[] {
  const { withoutTenant, asStranger, asCanary, asForger } = looks;
  const foreign = [...asStranger.visible, ...asCanary.visible.filter((name) => name !== canaryTable)];
  const stranger = [...new Set(foreign)].filter((name) => !withoutTenant.visible.includes(name));
  return [
    ...withoutTenant.visible.map((name) => leak(name, "a session without a tenant")),
    ...stranger.map((name) => leak(name, "an organization that does not own them")),
    ...(asCanary.visible.includes(canaryTable) ? [] : [blind]),
    ...(isSealed ? asForger.visible.map((name) => leak(name, "a context that nobody sealed")) : []),
    ...refusals([withoutTenant, asStranger, asCanary, asForger]),
  ];
}

function leak(object: string, who: string): GuardFinding {
  return { object, problem: `shows rows to ${who}`, fix: "look for a policy or role that goes around tenant_floor" };
}

const blind: GuardFinding = {
  object: canaryTable,
  problem: "does not show the canary in its own context, so that what was not seen in others proves nothing",
  fix: "run the migrations",
};

function refusals(looks: readonly Look[]): GuardFinding[] {
  const said = new Set(looks.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal])));
  return [...said].map((refusal) => ({
    object: "the tenant tables",
    problem: `cannot be tried out: ${refusal}`,
    fix: "run the migrations and mend what else is found",
  }));
}
