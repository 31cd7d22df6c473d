import { z } from "zod";
import { RowhouseError } from "../errors.ts";
import type { Requester } from "../tenant/actor.ts";
import type { Seal } from "./seal.ts";

/** What a job carries: where it runs, who asked for it, and its payload. */
export interface JobEnvelope {
  /** Id of the organization. */
  readonly organization: string;
  readonly job: string;
  /** Who asked for it; `undefined` when it was the system itself. */
  readonly requestedBy: Requester | undefined;
  readonly payload: unknown;
}

/** The envelope as it lies in the queue. The organization is there to be found; the sealed text says it too. */
export interface SealedEnvelope {
  readonly organization: string;
  readonly sealed: string;
}

const sealedShape = z.object({ organization: z.uuid(), sealed: z.string() });

const actorShape: z.ZodType<Requester> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("user"), userId: z.uuid() }),
  z.object({ kind: z.literal("service-account"), serviceAccountId: z.uuid(), keyId: z.uuid() }),
  z.object({ kind: z.literal("api-key"), keyId: z.uuid(), userId: z.uuid() }),
]);

const contentShape = z.object({ requestedBy: actorShape.optional(), payload: z.unknown() });

export function sealEnvelope(seal: Seal, envelope: JobEnvelope): SealedEnvelope {
  const { organization, job, requestedBy, payload } = envelope;
  return { organization, sealed: seal.close(JSON.stringify({ requestedBy, payload }), [organization, job]) };
}

/** @throws RowhouseError SEAL_BROKEN for anything that {@link sealEnvelope} did not make for this very job */
export function openEnvelope(seal: Seal, job: string, queued: unknown): JobEnvelope {
  const parsed = sealedShape.safeParse(queued);
  if (!parsed.success) throw new RowhouseError("SEAL_BROKEN", `The job ${job} came without a sealed envelope.`);
  const { organization, sealed } = parsed.data;
  const { requestedBy, payload } = contentShape.parse(JSON.parse(seal.open(sealed, [organization, job])));
  return { organization, job, requestedBy, payload };
}
