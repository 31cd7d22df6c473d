import type { Role } from "rowhouse";
import { longDate, type MailWords } from "./mail-content.ts";

const roleNames: Readonly<Record<Role, string>> = {
  owner: "Inhaber",
  admin: "Administrator",
  member: "Mitglied",
  viewer: "Betrachter",
};

export const wordsDe: MailWords = {
  orOpen: "Oder öffnen Sie diese Adresse:",
  templates: {
    invitation: ({ organizationName, inviterName, role, expiresAt, url }) => ({
      subject: `${inviterName} lädt Sie zu ${organizationName} ein`,
      preview: `Ihre Rolle bei ${organizationName}: ${roleNames[role]}.`,
      heading: `Einladung zu ${organizationName}`,
      paragraphs: [
        `${inviterName} lädt Sie auf Rowhouse zu ${organizationName} ein, Rolle: ${roleNames[role]}.`,
        `Die Einladung gilt nur für diese Adresse, bis zum ${longDate(expiresAt, "de-DE")}.`,
      ],
      action: { label: "Einladung ansehen", url },
      note: `Wenn Sie ${inviterName} nicht kennen, lassen Sie diese Mail liegen: Es geschieht nichts.`,
    }),
    "role-changed": ({ organizationName, role, actorName }) => ({
      subject: `Ihre Rolle bei ${organizationName} wurde geändert`,
      preview: `Ihre Rolle ist jetzt: ${roleNames[role]}.`,
      heading: `Ihre Rolle ist jetzt: ${roleNames[role]}`,
      paragraphs: [`${actorName} hat Ihre Rolle bei ${organizationName} geändert. Sie ist jetzt: ${roleNames[role]}.`],
      note: `Sie erhalten diese Mail, weil Sie zu ${organizationName} gehören. Die Inhaber können Ihnen mehr sagen.`,
    }),
    removed: ({ organizationName }) => ({
      subject: `Sie gehören nicht mehr zu ${organizationName}`,
      preview: `Ihr Zugang zu ${organizationName} ist beendet.`,
      heading: `Ihr Zugang zu ${organizationName} ist beendet`,
      paragraphs: [
        `Sie wurden auf Rowhouse aus ${organizationName} entfernt. Ihr Konto und Ihre anderen Organisationen bleiben, wie sie sind.`,
      ],
      note: "Wenn Sie das überrascht, fragen Sie die Inhaber der Organisation.",
    }),
    "verify-address": ({ url }) => ({
      subject: "Bestätigen Sie Ihre E-Mail-Adresse",
      preview: "Ein Klick, und wir wissen, dass diese Adresse Ihnen gehört.",
      heading: "Bestätigen Sie Ihre E-Mail-Adresse",
      paragraphs: ["Bestätigen Sie, dass diese Adresse Ihnen gehört. Der Link gilt einen Tag lang."],
      action: { label: "Adresse bestätigen", url },
      note: "Wenn Sie kein Konto bei Rowhouse haben, hat sich jemand vertippt. Lassen Sie diese Mail liegen: Es geschieht nichts.",
    }),
    "reset-password": ({ url }) => ({
      subject: "Wählen Sie ein neues Passwort",
      preview: "Der Link gilt einmal, eine Stunde lang.",
      heading: "Wählen Sie ein neues Passwort",
      paragraphs: [
        "Jemand hat für diese Adresse ein neues Passwort angefordert. Der Link gilt einmal, eine Stunde lang.",
      ],
      action: { label: "Passwort wählen", url },
      note: "Wenn Sie es nicht waren, lassen Sie diese Mail liegen: Ihr Passwort bleibt, wie es ist.",
    }),
    "password-changed": ({ url }) => ({
      subject: "Ihr Passwort wurde geändert",
      preview: "Alle, die in Ihrem Konto angemeldet waren, sind abgemeldet.",
      heading: "Ihr Passwort wurde geändert",
      paragraphs: ["Ihr Konto hat ein neues Passwort. Alle, die darin angemeldet waren, sind abgemeldet."],
      action: { label: "Das war ich nicht", url },
      note: "Wenn Sie es waren, ist nichts zu tun. Wenn nicht, wählen Sie jetzt ein anderes Passwort.",
    }),
    "domain-verification": ({ organizationName, domain, url }) => ({
      subject: `Bestätigen Sie ${domain} für ${organizationName}`,
      preview: `${organizationName} möchte ${domain} verwenden.`,
      heading: `Gehört ${domain} Ihnen?`,
      paragraphs: [
        `${organizationName} möchte auf Rowhouse als die Organisation von ${domain} gelten. Personen mit Adressen dort können dann nach ihren Regeln beitreten.`,
      ],
      action: { label: `${domain} bestätigen`, url },
      note: "Wenn Sie die Organisation nicht kennen, lassen Sie diese Mail liegen: Es geschieht nichts.",
    }),
    "organization-deletion": ({ organizationName, actorName, deletedOn, url }) => ({
      subject: `${organizationName} wird am ${longDate(deletedOn, "de-DE")} gelöscht`,
      preview: "Bis dahin kann ein Inhaber sie behalten.",
      heading: `${organizationName} wird gelöscht`,
      paragraphs: [
        `${actorName} hat beantragt, dass ${organizationName} mit allem Inhalt am ${longDate(deletedOn, "de-DE")} gelöscht wird.`,
        "Bis dahin kann ein Inhaber sie behalten. Danach kann sie niemand zurückholen.",
      ],
      action: { label: "Löschung ansehen", url },
      note: `Sie erhalten diese Mail, weil Sie zu ${organizationName} gehören.`,
    }),
  },
};
