import { z } from "zod";
import { addDomain } from "../../domains/add-domain.ts";
import { confirmDomainMail } from "../../domains/confirm-domain-mail.ts";
import { getDomain, listDomains } from "../../domains/list-domains.ts";
import { removeDomain } from "../../domains/remove-domain.ts";
import { domainMailboxes, requestDomainMail } from "../../domains/request-domain-mail.ts";
import { setDomainMode } from "../../domains/set-domain-mode.ts";
import { verifyDomain } from "../../domains/verify-domain.ts";
import { organizationEndpoint } from "../endpoint.ts";
import type { Endpoint } from "../call.ts";
import { listQuery, pageOf } from "../list-query.ts";

const moment = z.iso.datetime().nullable();

const domainAnswer = z
  .object({
    id: z.uuid(),
    domain: z.string(),
    status: z.enum(["pending", "verified", "lapsed"]),
    mode: z.enum(["off", "ask", "auto"]),
    joinRole: z.enum(["member", "viewer"]),
    method: z.enum(["dns", "email"]).nullable(),
    record: z.object({ type: z.literal("TXT"), name: z.string(), value: z.string() }),
    mail: z.object({ address: z.string(), expiresAt: z.iso.datetime() }).nullable(),
    verifiedAt: moment,
    checkedAt: moment,
    failingSince: moment,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Domain" });

const list = organizationEndpoint(
  {
    method: "get",
    path: "/domains",
    summary: "A page of the domains, by name",
    permission: "domains:read",
    query: listQuery,
    status: 200,
    answer: pageOf(domainAnswer),
  },
  async (tenant, { query }) => ({ body: await listDomains(tenant, query) }),
);

const add = organizationEndpoint(
  {
    method: "post",
    path: "/domains",
    summary: "Say that a domain is the organization's; it means nothing until it is proven",
    permission: "domains:update",
    body: z.strictObject({ domain: z.string("Enter a domain.").max(10_000, "Enter a domain such as example.com.") }),
    status: 201,
    answer: domainAnswer,
    refusals: [409],
  },
  async (tenant, { body }) => {
    const domain = await addDomain(tenant, body);
    return { body: domain, location: `/domains/${domain.id}` };
  },
);

const read = organizationEndpoint(
  {
    method: "get",
    path: "/domains/{domainId}",
    summary: "A domain, with the DNS record that proves it",
    permission: "domains:read",
    status: 200,
    answer: domainAnswer,
  },
  async (tenant, { parameters }) => ({ body: await getDomain(tenant, { id: parameters.domainId ?? "" }) }),
);

const verify = organizationEndpoint(
  {
    method: "post",
    path: "/domains/{domainId}/verify",
    summary: "Look for the record in DNS now",
    permission: "domains:update",
    status: 200,
    answer: z.object({
      domain: domainAnswer,
      outcome: z.enum(["verified", "missing", "unreachable"]),
      found: z.array(z.string()),
    }),
    // Asking DNS takes its time, in which no transaction should be open.
    isRepeatable: true,
    refusals: [409],
  },
  async (tenant, { parameters, api }) => ({
    body: await verifyDomain(tenant, { id: parameters.domainId ?? "", resolveTxt: api.resolveTxt }),
  }),
);

const change = organizationEndpoint(
  {
    method: "patch",
    path: "/domains/{domainId}",
    summary: "Say what people with a verified address at the domain may do",
    permission: "domains:update",
    body: z.strictObject({
      mode: z.enum(["off", "ask", "auto"], "Choose one of off, ask, auto."),
      joinRole: z.enum(["member", "viewer"], "Choose one of member, viewer.").optional(),
    }),
    status: 200,
    answer: domainAnswer,
    refusals: [409],
  },
  async (tenant, { parameters, body }) => ({
    body: await setDomainMode(tenant, { id: parameters.domainId ?? "", ...body }),
  }),
);

const remove = organizationEndpoint(
  {
    method: "delete",
    path: "/domains/{domainId}",
    summary: "Give a domain up; who came by it stays",
    permission: "domains:update",
    status: 204,
  },
  async (tenant, { parameters }) => {
    await removeDomain(tenant, { id: parameters.domainId ?? "" });
    return {};
  },
);

const requestMail = organizationEndpoint(
  {
    method: "post",
    path: "/domains/{domainId}/mail",
    summary: "Send a link to a mailbox of whoever runs the domain",
    permission: "domains:update",
    body: z.strictObject({ mailbox: z.enum(domainMailboxes, `Choose one of ${domainMailboxes.join(", ")}.`) }),
    status: 200,
    answer: z.object({ address: z.string(), expiresAt: z.iso.datetime() }),
  },
  (tenant, { parameters, body, api }) =>
    tenant.transaction(async (within) => {
      const mail = await requestDomainMail(within, { id: parameters.domainId ?? "", ...body });
      await api.onDomainMail?.(within, mail);
      return { body: { address: mail.address, expiresAt: mail.expiresAt } };
    }),
);

const confirmMail = organizationEndpoint(
  {
    method: "post",
    path: "/domain-confirmations",
    summary: "Give back the token from the mailbox",
    permission: "domains:update",
    body: z.strictObject({ token: z.string("Give the token of the link.").max(1000, "This is no token of a link.") }),
    status: 200,
    answer: domainAnswer,
    refusals: [409, 410],
  },
  async (tenant, { body }) => ({ body: await confirmDomainMail(tenant, body) }),
);

/** Domains of an organization. */
export const domainEndpoints: readonly Endpoint[] = [list, add, read, verify, change, remove];

/** Their proof by mail. Whoever has such a token counts as a reader of the mailbox, so none is ever in an answer. */
export const domainMailEndpoints: readonly Endpoint[] = [requestMail, confirmMail];
