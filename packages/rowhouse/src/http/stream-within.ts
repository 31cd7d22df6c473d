import { isRowhouseError } from "../errors.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Call, FileAnswer, Reply } from "./call.ts";
import { enterOrganization } from "./enter-organization.ts";

/**
 * Answers with the first piece of a file and keeps the tenant scope open until its last was read, or the reader went. What
 * goes wrong before the first piece is a refusal; later the file breaks off, which no reader takes for its end.
 */
export function streamWithin(
  call: Call,
  open: (tenant: Tenant<unknown>) => Promise<FileAnswer<AsyncIterable<string>>>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const work = async (tenant: Tenant<unknown>): Promise<Reply> => {
      const { content, ...file } = await open(tenant);
      // Nobody reads the body of a HEAD, so nothing is begun for one.
      if (call.request.method === "HEAD") return { file: { ...file, content: "" } };
      const pieces = content[Symbol.asyncIterator]();
      const first = await pieces.next();
      await new Promise<void>((ended) => {
        const stream = toStream({ first, pieces, ended, onFault: call.api.onFault });
        resolve({ file: { ...file, content: stream } });
      });
      return {};
    };
    enterOrganization(call, work).then(resolve, reject);
  });
}

interface Source {
  readonly first: IteratorResult<string>;
  readonly pieces: AsyncIterator<string>;
  readonly ended: () => void;
  readonly onFault: (error: unknown) => void;
}

function toStream({ first, pieces, ended, onFault }: Source): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let upcoming: IteratorResult<string> | undefined = first;
  let isGone = false;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const piece = upcoming ?? (await pieces.next());
        upcoming = undefined;
        if (isGone) return;
        if (piece.done !== true) return controller.enqueue(encoder.encode(piece.value));
        controller.close();
      } catch (error) {
        if (!isGone && !isRowhouseError(error, "CANCELED")) onFault(error);
        if (!isGone) controller.error(error);
      }
      ended();
    },
    cancel: async () => {
      isGone = true;
      // Waits for the piece that is being read: it needs the scope until it is there.
      try {
        await pieces.return?.();
      } finally {
        ended();
      }
    },
  });
}
