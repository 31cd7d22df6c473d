import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A bucket that checks signatures as S3 documents them, written without the client's library. */
export interface S3Server extends AsyncDisposable {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Answers that come before the real one, one a request: a status, or `hang` for none. */
  readonly failures: (number | "hang")[];
  /** Each request that came, as `METHOD path`. */
  readonly requests: string[];
}

export const s3Keys = {
  region: "eu-test-1",
  bucket: "logos",
  accessKeyId: "AKTEST",
  secretAccessKey: "s3-test-secret",
};

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const failures: (number | "hang")[] = [];
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    requests.push(`${request.method} ${request.url}`);
    const failure = failures.shift();
    if (failure === "hang") return;
    const status = failure ?? refusal(request, body);
    if (status !== undefined) {
      response.writeHead(status, status === 307 ? { location: "https://elsewhere.example/" } : {}).end("<Error/>");
      return;
    }
    const [code, content] = carryOut(objects, request, body);
    response.writeHead(code).end(content);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    failures,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function carryOut(objects: Map<string, Buffer>, request: IncomingMessage, body: Buffer): [number, Buffer?] {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://s3");
  if (searchParams.get("list-type") === "2") return [200, list(objects, `${pathname.slice(1)}/`, searchParams)];
  const key = pathname.slice(1);
  if (request.method === "PUT") {
    objects.set(key, body);
    return [200];
  }
  const found = objects.get(key);
  if (request.method === "DELETE") {
    objects.delete(key);
    return [204];
  }
  return found === undefined ? [404] : [200, found];
}

/** Two at a time, where S3 gives a thousand. */
function list(objects: Map<string, Buffer>, bucket: string, query: URLSearchParams): Buffer {
  const token = query.get("continuation-token") ?? "";
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(bucket + (query.get("prefix") ?? "")))
    .map((key) => key.slice(bucket.length))
    .filter((key) => `after&${key}` > token)
    .sort();
  const page = keys.slice(0, 2);
  const next = keys.length > 2 ? `<NextContinuationToken>after&amp;${page.at(-1)}</NextContinuationToken>` : "";
  const contents = page.map((key) => `<Contents><Key>${key.replaceAll("&", "&amp;")}</Key></Contents>`).join("");
  return Buffer.from(`<?xml version="1.0"?><ListBucketResult>${contents}${next}</ListBucketResult>`);
}

function refusal(request: IncomingMessage, body: Buffer): number | undefined {
  const { authorization = "", "x-amz-content-sha256": sha256, "x-amz-date": date = "" } = request.headers;
  if (sha256 !== createHash("sha256").update(body).digest("hex")) return 400;
  const [, day, names = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=AKTEST\/(\d{8})\/eu-test-1\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (day === undefined || !String(date).startsWith(day)) return 403;
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const [place = "", query = ""] = (request.url ?? "").split("?");
  const sorted = query.split("&").sort().join("&");
  const canonical = [request.method, place, sorted, headers.join(""), names, sha256].join("\n");
  const scope = `${day}/eu-test-1/s3/aws4_request`;
  const hash = createHash("sha256").update(canonical).digest("hex");
  const key = [day, "eu-test-1", "s3", "aws4_request"].reduce<Buffer | string>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${s3Keys.secretAccessKey}`,
  );
  const text = ["AWS4-HMAC-SHA256", String(date), scope, hash].join("\n");
  const right = createHmac("sha256", key).update(text).digest();
  return timingSafeEqual(right, Buffer.from(signature, "hex")) ? undefined : 403;
}
