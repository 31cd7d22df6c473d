import { renderFindings } from "../validate/render-findings.ts";
import type { ConversionStory } from "./conversion-story.ts";
import { adviseNext, concludeStory, formatMs, tellPhases, tellTroubles } from "./tell-phases.ts";

/** The same for a terminal, without what was decided for tables that nobody asked about. */
export function renderConversionText(story: ConversionStory): string {
  const { next, back } = adviseNext(story);
  const counts = new Map<string, number>();
  for (const { class: kind } of story.plan.tables) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const troubles = tellTroubles(story);
  return [
    concludeStory(story),
    "",
    ...tellPhases(story).map(phaseLine),
    "",
    `Tables: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}.`,
    ...story.plan.questions.map(({ question, answer }) => `Asked: ${question} ${answer ?? "(open)"}`),
    ...(troubles.length === 0 ? [] : [`${troubles.length} waits, retries and warnings; the page lists them.`]),
    ...(story.findings === null || story.findings.length === 0 ? [] : ["", ...renderFindings(story.findings)]),
    "",
    `Next: ${next}`,
    `Way back: ${back}`,
  ].join("\n");
}

function phaseLine({ name, state, tookMs, rows, waits, retries }: ReturnType<typeof tellPhases>[number]): string {
  const said = [
    state === "to come" ? "" : formatMs(tookMs),
    rows === 0 ? "" : `${rows.toLocaleString("en")} rows`,
    waits === 0 ? "" : `${waits} waits`,
    retries === 0 ? "" : `${retries} retries`,
  ].filter((each) => each !== "");
  return `${name.padEnd(16)}${state.padEnd(9)}${said.join(", ")}`.trimEnd();
}
