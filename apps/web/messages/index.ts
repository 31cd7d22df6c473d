import deApiDocs from "./de/api-docs.json" with { type: "json" };
import deApiKeys from "./de/api-keys.json" with { type: "json" };
import deAudit from "./de/audit.json" with { type: "json" };
import deDashboard from "./de/dashboard.json" with { type: "json" };
import deDesign from "./de/design.json" with { type: "json" };
import deDomains from "./de/domains.json" with { type: "json" };
import deErrors from "./de/errors.json" with { type: "json" };
import deIdentity from "./de/identity.json" with { type: "json" };
import deIdentityMail from "./de/identity-mail.json" with { type: "json" };
import deInputs from "./de/inputs.json" with { type: "json" };
import deInvitations from "./de/invitations.json" with { type: "json" };
import deJoin from "./de/join.json" with { type: "json" };
import deLanding from "./de/landing.json" with { type: "json" };
import deMailbox from "./de/mailbox.json" with { type: "json" };
import deMembers from "./de/members.json" with { type: "json" };
import deOrganizations from "./de/organizations.json" with { type: "json" };
import deProblems from "./de/problems.json" with { type: "json" };
import deProjects from "./de/projects.json" with { type: "json" };
import deRoles from "./de/roles.json" with { type: "json" };
import deSettings from "./de/settings.json" with { type: "json" };
import deTasks from "./de/tasks.json" with { type: "json" };
import enApiDocs from "./en/api-docs.json" with { type: "json" };
import enApiKeys from "./en/api-keys.json" with { type: "json" };
import enAudit from "./en/audit.json" with { type: "json" };
import enDashboard from "./en/dashboard.json" with { type: "json" };
import enDesign from "./en/design.json" with { type: "json" };
import enDomains from "./en/domains.json" with { type: "json" };
import enErrors from "./en/errors.json" with { type: "json" };
import enIdentity from "./en/identity.json" with { type: "json" };
import enIdentityMail from "./en/identity-mail.json" with { type: "json" };
import enInputs from "./en/inputs.json" with { type: "json" };
import enInvitations from "./en/invitations.json" with { type: "json" };
import enJoin from "./en/join.json" with { type: "json" };
import enLanding from "./en/landing.json" with { type: "json" };
import enMailbox from "./en/mailbox.json" with { type: "json" };
import enMembers from "./en/members.json" with { type: "json" };
import enOrganizations from "./en/organizations.json" with { type: "json" };
import enProblems from "./en/problems.json" with { type: "json" };
import enProjects from "./en/projects.json" with { type: "json" };
import enRoles from "./en/roles.json" with { type: "json" };
import enSettings from "./en/settings.json" with { type: "json" };
import enTasks from "./en/tasks.json" with { type: "json" };
import type { Language } from "../i18n/language.ts";

/** All texts in the language they are written in, by feature. It says which keys there are. */
const en = {
  "api-docs": enApiDocs,
  "api-keys": enApiKeys,
  audit: enAudit,
  dashboard: enDashboard,
  design: enDesign,
  domains: enDomains,
  errors: enErrors,
  identity: enIdentity,
  "identity-mail": enIdentityMail,
  inputs: enInputs,
  invitations: enInvitations,
  join: enJoin,
  landing: enLanding,
  mailbox: enMailbox,
  members: enMembers,
  organizations: enOrganizations,
  problems: enProblems,
  projects: enProjects,
  roles: enRoles,
  settings: enSettings,
  tasks: enTasks,
};

export type Messages = typeof en;
export type Feature = keyof Messages;

/** The same keys, every one of them, with other texts. */
type Translated<Text> = Text extends string ? string : { readonly [Key in keyof Text]: Translated<Text[Key]> };

const de: Translated<Messages> = {
  "api-docs": deApiDocs,
  "api-keys": deApiKeys,
  audit: deAudit,
  dashboard: deDashboard,
  design: deDesign,
  domains: deDomains,
  errors: deErrors,
  identity: deIdentity,
  "identity-mail": deIdentityMail,
  inputs: deInputs,
  invitations: deInvitations,
  join: deJoin,
  landing: deLanding,
  mailbox: deMailbox,
  members: deMembers,
  organizations: deOrganizations,
  problems: deProblems,
  projects: deProjects,
  roles: deRoles,
  settings: deSettings,
  tasks: deTasks,
};

/** Every text of the product. For the server alone: `ClientMessages` picks what a page's client components need. */
export const messages: Readonly<Record<Language, Translated<Messages>>> = { en, de };
