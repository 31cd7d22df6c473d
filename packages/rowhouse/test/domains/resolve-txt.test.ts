import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForTxt, txtResolver } from "../../src/domains/resolve-txt.ts";

/** Response code and texts by name; a name that is not here gets no answer at all. */
const answers: Readonly<Record<string, { readonly code: number; readonly records: readonly (readonly string[])[] }>> = {
  "two.example": { code: 0, records: [["one, in ", "two chunks"], ["another"]] },
  "empty.example": { code: 0, records: [] },
  "nowhere.example": { code: 3, records: [] },
  "broken.example": { code: 2, records: [] },
};

let server: Socket;
let address: string;

beforeAll(async () => {
  server = createSocket("udp4", (question, peer) => {
    const answer = answers[nameIn(question)];
    if (answer !== undefined) server.send(reply(question, answer), peer.port, peer.address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  address = `127.0.0.1:${server.address().port}`;
});

afterAll(() => server.close());

function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (message[at] ?? 0) > 0; at += (message[at] ?? 0) + 1)
    labels.push(message.toString("latin1", at + 1, at + 1 + (message[at] ?? 0)));
  return labels.join(".");
}

function reply(question: Buffer, { code, records }: (typeof answers)[string]): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt16BE(0, 10);
  const end = 12 + nameIn(question).length + 2 + 4;
  const parts = records.map((chunks) => {
    const data = Buffer.concat(chunks.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])));
    const fixed = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([head, question.subarray(12, end), ...parts]);
}

async function ask(name: string, waitMs?: number): Promise<readonly string[] | undefined> {
  return (await askForTxt(txtResolver({ servers: [address] }), name, waitMs)).records;
}

describe("TXT records", () => {
  it("come with the chunks of each joined", async () => {
    expect(await ask("two.example")).toEqual(["one, in two chunks", "another"]);
  });

  it("are none where the name has none and where there is no such name", async () => {
    expect(await ask("empty.example")).toEqual([]);
    expect(await ask("nowhere.example")).toEqual([]);
  });

  it("are unknown when the server fails", async () => {
    expect(await ask("broken.example")).toBeUndefined();
  });

  it("are unknown when nobody answers in time", async () => {
    const start = Date.now();
    expect(await ask("silent.example", 200)).toBeUndefined();
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it("are unknown when a resolver never ends, and it is told to", async () => {
    let told = false;
    const endless = (_name: string, signal: AbortSignal) =>
      new Promise<never>(() => signal.addEventListener("abort", () => (told = true)));
    expect((await askForTxt(endless, "endless.example", 50)).records).toBeUndefined();
    expect(told).toBe(true);
  });
});
