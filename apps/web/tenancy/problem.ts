import type { Problem } from "rowhouse/http";

export type { Problem };

/** What a server action answers. A refusal is a value, so that a form can show it beside its fields. */
export type ActionResult<T = undefined> = { ok: true; value: T } | { ok: false; problem: Problem };
