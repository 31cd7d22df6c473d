import { MessageScanner } from "./message-scanner.ts";

/** What has passed since the last `reset`, on sessions that had finished their start-up. Encrypted sessions are not seen. */
export interface WireCounts {
  /** ReadyForQuery answers: how often a client that waits for each answer has waited. */
  roundTrips: number;
  /**
   * How often a client began to send after the server had last spoken. Several Syncs sent in one go are one flight: with
   * pipelining this, not `roundTrips`, is the number of network waits.
   */
  flights: number;
  /** Sync messages: the ends of extended-protocol groups. */
  syncs: number;
  /** Query messages: statements by the simple protocol. */
  simpleQueries: number;
  /** Client messages by their name in the protocol's documentation, such as `Parse`; an unknown letter stands for itself. */
  messages: Record<string, number>;
}

const ENCRYPTION_REQUESTS = [80_877_103, 80_877_104];
const CANCEL_REQUEST = 80_877_102;

const CLIENT_MESSAGES: Record<string, string> = {
  B: "Bind",
  C: "Close",
  D: "Describe",
  E: "Execute",
  F: "FunctionCall",
  H: "Flush",
  P: "Parse",
  Q: "Query",
  S: "Sync",
  X: "Terminate",
  c: "CopyDone",
  d: "CopyData",
  f: "CopyFail",
};

/** Counts the messages of any number of sessions. */
export class WireCounter {
  #counts: WireCounts = emptyCounts();

  /** Starts to follow one session; give each function the bytes of its side. */
  follow(): { fromClient: (chunk: Buffer) => void; fromServer: (chunk: Buffer) => void } {
    let started = false;
    let serverSpokeLast = true;
    const client = new MessageScanner("untyped", ({ letter, requestCode }) => {
      if (client.framing === "untyped") {
        if (ENCRYPTION_REQUESTS.includes(requestCode)) server.framing = "byte";
        else client.framing = requestCode === CANCEL_REQUEST ? "opaque" : "typed";
        return;
      }
      if (!started) return;
      if (serverSpokeLast && letter !== "X") this.#counts.flights += 1;
      serverSpokeLast = false;
      this.#countClientMessage(letter);
    });
    const server = new MessageScanner("typed", ({ letter }) => {
      if (server.framing === "byte") {
        server.framing = "typed";
        if (letter === "S" || letter === "G") client.framing = server.framing = "opaque";
        return;
      }
      serverSpokeLast = true;
      if (letter !== "Z") return;
      if (started) this.#counts.roundTrips += 1;
      started = true;
    });
    return { fromClient: (chunk) => client.scan(chunk), fromServer: (chunk) => server.scan(chunk) };
  }

  read(): WireCounts {
    return { ...this.#counts, messages: { ...this.#counts.messages } };
  }

  reset(): void {
    this.#counts = emptyCounts();
  }

  #countClientMessage(letter: string): void {
    const name = CLIENT_MESSAGES[letter] ?? letter;
    this.#counts.messages[name] = (this.#counts.messages[name] ?? 0) + 1;
    if (letter === "S") this.#counts.syncs += 1;
    if (letter === "Q") this.#counts.simpleQueries += 1;
  }
}

function emptyCounts(): WireCounts {
  return { roundTrips: 0, flights: 0, syncs: 0, simpleQueries: 0, messages: {} };
}
