import { phases, type PhaseName } from "../plan.ts";
import type { ConversionStory, ToldEvent } from "./conversion-story.ts";

/** What a phase came to. */
export interface ToldPhase {
  readonly name: PhaseName;
  readonly state: "done" | "running" | "to come";
  readonly steps: number;
  readonly startedAt: Date | null;
  /** Milliseconds in which its steps ran, one after the other. */
  readonly tookMs: number;
  readonly rows: number;
  readonly waits: number;
  readonly retries: number;
}

export function tellPhases({ steps, events, reached, madeAt }: ConversionStory): ToldPhase[] {
  const last = reached === null ? -1 : phases.indexOf(reached);
  return phases.map((name, at) => {
    const own = steps.filter(({ phase }) => phase === name);
    const ids = new Set(own.map(({ id }) => id));
    const count = (kind: string): number =>
      events.filter((event) => event.kind === kind && event.step !== null && ids.has(event.step)).length;
    return {
      name,
      state: at <= last ? "done" : own.length > 0 ? "running" : "to come",
      steps: own.length,
      startedAt: own[0]?.startedAt ?? null,
      tookMs: own.reduce(
        (sum, { startedAt, endedAt }) => sum + ((endedAt ?? madeAt).getTime() - startedAt.getTime()),
        0,
      ),
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      waits: count("wait"),
      retries: count("retry"),
    };
  });
}

/** A validation that ran, and how many findings it had. */
export interface ToldValidation {
  readonly at: Date;
  readonly after: string;
  readonly findings: number;
}

export function tellValidations({ events, steps }: ConversionStory): ToldValidation[] {
  const phaseOf = new Map(steps.map(({ id, phase }) => [id, phase]));
  return events
    .filter(({ kind }) => kind === "validate")
    .map(({ at, step, detail }) => ({ at, after: tellPlace(step, phaseOf), findings: countOf(detail) }));
}

/** Of contract nothing has run when it is validated. */
function tellPlace(step: string | null, phaseOf: ReadonlyMap<string, PhaseName>): string {
  const phase = phaseOf.get(step ?? "");
  if (phase === undefined) return step?.startsWith("contract:") === true ? "before contract" : (step ?? "");
  return phase === "contract" ? "before contract" : `after ${phase}`;
}

function countOf(detail: string): number {
  const found: unknown = JSON.parse(detail === "" ? "[]" : detail);
  return Array.isArray(found) ? found.length : 0;
}

/** Where it stands, in a sentence. */
export function concludeStory({ reached, findings, steps }: ConversionStory): string {
  const open = findings?.length ?? 0;
  const wrong =
    findings === null
      ? ""
      : open === 0
        ? " Validation finds nothing wrong."
        : ` Validation finds ${open} thing${open === 1 ? "" : "s"} wrong.`;
  if (steps.length === 0) return "Nothing has run yet.";
  if (reached === "contract") return `The conversion is complete.${wrong}`;
  return `${reached === null ? "No phase is finished yet" : `The phase ${reached} is finished`}.${wrong}`;
}

/** What to do next, and what the way back is; a sentence each. */
export function adviseNext(story: ConversionStory): { readonly next: string; readonly back: string } {
  const { reached, findings, steps } = story;
  const back = backFrom(story);
  if ((findings?.length ?? 0) > 0)
    return {
      next: "Look into what validation found; nothing that cannot be taken back runs before it is clean.",
      back,
    };
  if (reached === "contract")
    return { next: "Nothing. The old application's columns may go with your own migrations.", back };
  if (reached === "hard-isolation")
    return {
      next: "Move all traffic to the new application, watch it for as long as you want, then run the phase contract: rowhouse convert run --until contract --yes.",
      back,
    };
  const goesOn = steps.some(({ state }) => state === "running")
    ? "goes on where it stopped"
    : "goes on with the next phase";
  return { next: `rowhouse convert run ${goesOn}.`, back };
}

function backFrom({ steps }: ConversionStory): string {
  const final = steps.filter(({ irreversible }) => irreversible).map(({ id }) => id);
  if (final.length > 0) return `There is none past ${final[0] ?? ""}: what it took away is gone.`;
  if (steps.length === 0) return "None is needed.";
  return "rowhouse convert rollback --to <phase> takes back each phase after the named one, in reverse, while the application works; no row is lost.";
}

export function formatMs(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((milliseconds % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function formatTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Waits, retries and warnings: what was not smooth. */
export function tellTroubles({ events }: ConversionStory): ToldEvent[] {
  return events.filter(({ kind }) => kind === "wait" || kind === "retry" || kind === "warning");
}
