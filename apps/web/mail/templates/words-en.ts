import type { Role } from "rowhouse";
import { longDate, type MailWords } from "./mail-content.ts";

const roleNames: Readonly<Record<Role, string>> = {
  owner: "an owner",
  admin: "an admin",
  member: "a member",
  viewer: "a viewer",
};

export const wordsEn: MailWords = {
  orOpen: "Or open this address:",
  templates: {
    invitation: ({ organizationName, inviterName, role, expiresAt, url }) => ({
      subject: `${inviterName} invited you to ${organizationName}`,
      preview: `Join ${organizationName} as ${roleNames[role]}.`,
      heading: `Join ${organizationName}`,
      paragraphs: [
        `${inviterName} invited you to ${organizationName} on Rowhouse, as ${roleNames[role]}.`,
        `The invitation is for this address alone and is open until ${longDate(expiresAt, "en-GB")}.`,
      ],
      action: { label: "See the invitation", url },
      note: `If you do not know ${inviterName}, leave this mail alone: nothing happens.`,
    }),
    "role-changed": ({ organizationName, role, actorName }) => ({
      subject: `Your role in ${organizationName} has changed`,
      preview: `You are ${roleNames[role]} now.`,
      heading: `You are ${roleNames[role]} now`,
      paragraphs: [`${actorName} changed your role in ${organizationName}: you are ${roleNames[role]} now.`],
      note: `You get this because you belong to ${organizationName}. Its owners can tell you more.`,
    }),
    removed: ({ organizationName }) => ({
      subject: `You are no longer a member of ${organizationName}`,
      preview: `Your access to ${organizationName} has ended.`,
      heading: `Your access to ${organizationName} has ended`,
      paragraphs: [
        `You were removed from ${organizationName} on Rowhouse. Your account and your other organizations stay as they are.`,
      ],
      note: "If this surprises you, ask the organization's owners.",
    }),
    "verify-address": ({ url }) => ({
      subject: "Confirm your e-mail address",
      preview: "One click, and we know that this address is yours.",
      heading: "Confirm your e-mail address",
      paragraphs: ["Confirm that this address is yours. The link works for one day."],
      action: { label: "Confirm the address", url },
      note: "If you have no account at Rowhouse, somebody mistyped theirs. Leave this mail alone: nothing happens.",
    }),
    "reset-password": ({ url }) => ({
      subject: "Choose a new password",
      preview: "The link works once, for one hour.",
      heading: "Choose a new password",
      paragraphs: ["Somebody asked for a new password for this address. The link works once, for one hour."],
      action: { label: "Choose a password", url },
      note: "If it was not you, leave this mail alone: your password stays as it is.",
    }),
    "password-changed": ({ url }) => ({
      subject: "Your password was changed",
      preview: "Everybody who was signed in to your account is signed out.",
      heading: "Your password was changed",
      paragraphs: ["Your account has a new password. Everybody who was signed in to it is signed out."],
      action: { label: "It was not me", url },
      note: "If it was you, there is nothing to do. If not, choose another password now.",
    }),
    "domain-verification": ({ organizationName, domain, url }) => ({
      subject: `Confirm ${domain} for ${organizationName}`,
      preview: `${organizationName} wants to use ${domain}.`,
      heading: `Is ${domain} yours?`,
      paragraphs: [
        `${organizationName} on Rowhouse asks to be known as the organization of ${domain}. People with addresses there can then be let in by its rules.`,
      ],
      action: { label: `Confirm ${domain}`, url },
      note: "If you do not know the organization, leave this mail alone: nothing happens.",
    }),
    "organization-deletion": ({ organizationName, actorName, deletedOn, url }) => ({
      subject: `${organizationName} will be deleted on ${longDate(deletedOn, "en-GB")}`,
      preview: `Until then, an owner can keep it.`,
      heading: `${organizationName} will be deleted`,
      paragraphs: [
        `${actorName} asked for ${organizationName} to be deleted, with everything in it, on ${longDate(deletedOn, "en-GB")}.`,
        "Until then an owner can keep it. Afterwards nobody can bring it back.",
      ],
      action: { label: "See the deletion", url },
      note: `You get this because you belong to ${organizationName}.`,
    }),
  },
};
