import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWeb, type Web } from "./fixture/open-web";
import { runRowhouse } from "./fixture/run-rowhouse";

/** What the doctor says of this product that is meant, each with its reason. */
const meant: Readonly<Record<string, string>> = {
  "RH0110|server|": "The embedded server of development lags behind; whoever runs the product updates theirs.",
  "RH0214|rowhouse.canaries|": "The canary belongs to an organization that cannot exist, and so does not refer to one.",
  "RH0215|rowhouse.rate_limits|":
    "Counts attempts by address and mailbox, before anybody is known; nothing of it is shown.",
  "RH0302|rowhouse.domains|by_verified_address":
    "Who has proved an address may find the organization that its domain opens.",
  "RH0302|rowhouse.invitations|by_token": "Who has the secret of an invitation may read that invitation.",
  "RH0302|rowhouse.memberships|own_memberships": "People see which organizations they belong to.",
  "RH0504|rowhouse.domains|domains_mail_token_hash_key": "A hash of 256 random bits collides with nobody's.",
  "RH0504|rowhouse.domains|domains_verified": "A domain is verified by one organization only, which is the point.",
  "RH0504|rowhouse.invitations|invitations_token_hash_key": "A hash of 256 random bits collides with nobody's.",
  "RH0504|rowhouse.organization_slugs|organization_slugs_pkey": "A slug is one organization's in the whole product.",
};

interface Finding {
  readonly check: string;
  readonly object: string;
  readonly cacheKey: string;
}

let web: Web;
let baseline: string;

beforeAll(async () => {
  web = await openWeb();
  baseline = path.join(await mkdtemp(path.join(os.tmpdir(), "rowhouse-doctor-")), "baseline.json");
  await writeFile(baseline, JSON.stringify({ known: Object.keys(meant) }));
});
afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await rm(path.dirname(baseline), { recursive: true, force: true });
});

const doctor = async (...flags: string[]) =>
  (await runRowhouse(web, "doctor", flags)) as { findings: Finding[]; inconclusive: unknown[] };

test("the doctor finds nothing in the product but what is meant, and could look everywhere", async () => {
  const { findings, inconclusive } = await doctor();
  expect(findings.map(({ cacheKey }) => cacheKey).sort()).toEqual(Object.keys(meant).sort());
  expect(inconclusive).toEqual([]);
});

test("a table that loses its protection is found past the baseline", async () => {
  await web.admin.query("create policy everybody on tasks for select using (true); drop policy tenant_floor on tasks");
  const opened = await doctor("--baseline", baseline);
  expect(opened.findings).toMatchObject([{ check: "RH0301", object: "public.tasks" }]);
  await web.admin.query("alter table projects no force row level security");
  // With FORCE gone, every function and trigger that runs as the owner reads past row security as well.
  const { findings } = await doctor("--baseline", baseline);
  expect(findings).toContainEqual(expect.objectContaining({ check: "RH0202", object: "public.projects" }));
});
