import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { RowhouseError } from "../errors.ts";
import { assertFileKey, isFileKey, type FileStore } from "./file-store.ts";

export interface S3Settings {
  /** `https://s3.eu-central-1.amazonaws.com`, or wherever an S3 service listens. The bucket follows in the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Put in front of every key, such as `production/`. Default none. */
  readonly prefix?: string | undefined;
  /** How long one request may take. Default 10 seconds. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Keeps files in a bucket of S3 or of a service like it (path-style addresses). The bucket should be private: files are served
 * by the application, which knows who may see them.
 *
 * @throws RowhouseError INVALID_SETTINGS
 */
export function s3Store(settings: S3Settings): FileStore {
  const { region, accessKeyId, secretAccessKey, prefix = "", timeoutMs = 10_000 } = settings;
  const bucketUrl = parseBucketUrl(settings);
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 2 });
  const request = async (method: "GET" | "PUT" | "DELETE", url: string, bytes?: Uint8Array) => {
    const body = bytes === undefined ? {} : { body: new Uint8Array(bytes) };
    const sha256 = createHash("sha256")
      .update(bytes ?? "")
      .digest("hex");
    const headers = { "x-amz-content-sha256": sha256, "content-type": "application/octet-stream" };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await client.fetch(url, { method, headers, signal, redirect: "error", ...body });
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (cause) {
      throw new RowhouseError("FILES_UNREACHABLE", `S3 did not answer a ${method}; check the endpoint.`, { cause });
    }
  };
  const ask = async (method: "GET" | "PUT" | "DELETE", key: string, bytes?: Uint8Array) => {
    assertFileKey(key);
    return request(method, `${bucketUrl}/${prefix}${key}`, bytes);
  };
  return {
    put: async (key, bytes) => {
      const { status } = await ask("PUT", key, bytes);
      if (status !== 200) throw refused("PUT", status);
    },
    get: async (key) => {
      const { status, bytes } = await ask("GET", key);
      if (status === 404) return undefined;
      if (status !== 200) throw refused("GET", status);
      return bytes;
    },
    delete: async (key) => {
      const { status } = await ask("DELETE", key);
      if (![200, 204, 404].includes(status)) throw refused("DELETE", status);
    },
    list: () =>
      listKeys(prefix, async (query) => {
        const { status, bytes } = await request("GET", `${bucketUrl}?${query.toString()}`);
        if (status !== 200) throw refused("GET", status);
        return new TextDecoder().decode(bytes);
      }),
  };
}

/** A thousand keys at a time. Keys of ours hold nothing that XML would escape; others are not listed. */
async function* listKeys(prefix: string, ask: (query: URLSearchParams) => Promise<string>): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ "list-type": "2", prefix });
    if (token !== undefined) query.set("continuation-token", token);
    const answer = await ask(query);
    for (const [, key = ""] of answer.matchAll(/<Key>([^<]*)<\/Key>/g)) {
      if (key.startsWith(prefix) && isFileKey(key.slice(prefix.length))) yield key.slice(prefix.length);
    }
    token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(answer)?.[1]?.replaceAll("&amp;", "&");
  } while (token !== undefined);
}

function parseBucketUrl({ endpoint, bucket, prefix = "", ...keys }: S3Settings): string {
  const problems = [
    URL.canParse(endpoint) && /^https?:/.test(endpoint) ? [] : "endpoint must be a URL",
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? [] : "bucket must be a bucket's name",
    prefix === "" || /^([a-z0-9][a-z0-9._-]*\/)+$/i.test(prefix)
      ? []
      : "prefix must be plain names that end with a slash",
    keys.region === "" ? "region is missing" : [],
    keys.accessKeyId === "" || keys.secretAccessKey === "" ? "accessKeyId and secretAccessKey are needed" : [],
  ].flat();
  if (problems.length > 0) throw new RowhouseError("INVALID_SETTINGS", `The S3 store: ${problems.join("; ")}.`);
  return `${endpoint.replace(/\/+$/, "")}/${bucket}`;
}

function refused(method: string, status: number): RowhouseError {
  const hint = status === 403 ? "check the keys and what they may do" : "check the bucket and the region";
  return new RowhouseError("FILES_UNREACHABLE", `S3 refused a ${method} with ${status}; ${hint}.`);
}
