import type { Table } from "../catalog/catalog.ts";
import { snakeOf } from "./words.ts";

/** A shape that was recognized, and how sure that is. */
export interface Shape {
  readonly confidence: number;
  readonly reason: string;
}

/** What the columns of a table can say, apart from whom they refer to. */
interface Looks {
  readonly has: (pattern: RegExp) => boolean;
  readonly name: string;
  readonly width: number;
  /** Nothing but a key, whose it is and when; and the key is a word, as of a cookie, or the schema is that of logging in. */
  readonly isBare: boolean;
}

function looksOf(table: Table): Looks {
  const columns = table.columns.map(({ name }) => snakeOf(name));
  const key = table.columns.find(({ name }) => table.key.join() === name);
  const isOfLogin = /^(auth|identity|accounts?|login)$/.test(table.schema);
  return {
    has: (pattern) => columns.some((column) => pattern.test(column)),
    name: snakeOf(table.name),
    width: columns.length,
    isBare:
      (isOfLogin || /^(text|character varying|bytea)$/.test(key?.baseType ?? "")) &&
      columns.every((column) =>
        /^(id|user(_?id)?|(created|updated|inserted|last_\w+)_(at|on)|fresh|data)$/.test(column),
      ),
  };
}

const token =
  /^(session_token|token|sid|session_id|session_key|token_hash|hashed_token|hashed_key|key_hash|refresh_token|jti|access_token|value|code|hash|digest|.*_token)$/;
const expiry = /(^|_)(expires?|expiry|expiration|valid_until|expire)(_|$)/;
const seen = /(user_agent|ip_address|^ip$|last_(seen|active|used|activity)|revoked)/;

/** Sessions and accounts at a provider: what refers to a users' table and to no other. Before the users' table is known. */
export function looksLikeAccess(table: Table): boolean {
  const looks = looksOf(table);
  return isSession(looks) || isProviderAccount(looks);
}

function isSession({ has, name }: Looks): boolean {
  return (
    has(/^(session_token|auth_token|token|sid|session_key|token_hash|refresh_token|jti)$/) &&
    (has(expiry) || has(seen)) &&
    (/session|token|login/.test(name) || has(/^session_/))
  );
}

function isProviderAccount({ has }: Looks): boolean {
  if (["provider", "driver", "network"].some((word) => has(new RegExp(`^${word}$`)) && has(new RegExp(`^${word}_id$`))))
    return true;
  return (
    has(/^(provider|provider_id|provider_name|provider_type|issuer|strategy)$/) &&
    has(
      /^(provider_account_id|provider_user_id|provider_uid|account_id|uid|sub|subject|external_id|openid|provider_key|identifier|provider_subject)$/,
    )
  );
}

/** What belongs to the way a person logs in, by its columns. `ofUser`: it refers to a user. */
export function accessShape(table: Table, ofUser: boolean): Shape | null {
  const looks = looksOf(table);
  return (
    keyShape(looks) ?? (ofUser ? (sessionShape(looks) ?? tokenShape(looks) ?? knownByShape(looks)) : looseShape(looks))
  );
}

/** What an application of somebody else may do for a person. `client`: the table of such applications. */
export function grantShape(table: Table, client: Table): Shape | null {
  const isClient =
    looksOf(client).has(/^redirect(_uris?)?$/) && looksOf(client).has(/^(secret|client_secret|uid|scopes)$/);
  const { has } = looksOf(table);
  return isClient && has(/(^|_)(token|code|scopes?)$/) && (has(expiry) || has(/(^|_)revoked(_|$)/))
    ? like(0.9, "what another application may do for a person")
    : null;
}

function like(confidence: number, what: string): Shape {
  return { confidence, reason: `Its columns are those of ${what}.` };
}

/** By columns so peculiar that it does not matter whom they refer to. */
function keyShape({ has }: Looks): Shape | null {
  if (has(/^session_(key|id|token)$/) && has(/^(session_data|data|sess)$/) && has(expiry))
    return like(0.9, "a session");
  if (has(/^sid$/) && has(/^sess$/)) return like(0.9, "a session");
  if (has(/^code_challenge$/) || (has(/^nonce$/) && has(/^state$/))) return like(0.9, "a step of logging in");
  if (has(/^tokenable_(type|id)$/) && has(/^token$/)) return like(0.9, "a key that acts for a person");
  return has(/cred(ential)?_?(id|public_key)|^public_key$/) &&
    has(/^(public_key|counter|sign_count|signature_count|transports|aaguid|backed_up)$/)
    ? like(0.95, "a passkey")
    : null;
}

/** Of tables that refer to no user. */
function looseShape({ has, name, width }: Looks): Shape | null {
  const verifies = /(reset|verif|magic|otp|confirm)/.test(name);
  if (width <= 6 && verifies && has(/^(email|identifier)$/) && has(expiry))
    return like(0.85, "a token that lets a person in");
  if (/^(\w+_)?sessions?$/.test(name) && width <= 7 && has(/^(data|payload|sess|session)$/))
    return like(0.85, "a store of sessions");
  if (width <= 6 && has(/(^|_)token(_hash)?$/) && has(expiry)) return like(0.8, "a token that lets a person in");
  return width <= 9 && has(/^(identifier|email|user_?name)$/) && has(token) && (has(expiry) || verifies)
    ? like(0.9, "a token that verifies an address")
    : null;
}

function sessionShape(looks: Looks): Shape | null {
  const { has, name, width } = looks;
  if (/^((auth|login|user|web)_)?sessions?$/.test(name) && looks.isBare) return like(0.8, "a session");
  if (isProviderAccount(looks)) return like(0.95, "an account at an identity provider");
  if (
    /(^|_)sessions?$/.test(name) &&
    has(/user_agent/) &&
    has(/(^|_)ip(_address|_addr)?$|^remote_addr(ess)?$/) &&
    width <= 10
  )
    return like(0.9, "a session");
  if (isAddress(looks)) return like(0.82, "an address by which a person is known");
  if (isSession(looks)) return like(0.95, "a session");
  if (has(/(^|_)(backup_codes?|recovery_codes?|totp|otp_secret|totp_secret|mfa_secret)(_|$)/) && width < 15)
    return like(0.9, "a second factor");
  if (has(/^secret$/) && /(two_factor|2fa|mfa|totp|otp|authenticator)/.test(name)) return like(0.9, "a second factor");
  return has(/^(push_token|device_token|fcm_token|p256dh|push_endpoint)$/) && (width <= 9 || /device|push/.test(name))
    ? like(0.85, "a device that gets messages")
    : null;
}

function tokenShape({ has, name, width }: Looks): Shape | null {
  const lets = /(reset|verif|confirm|magic|otp|one_time|token|login|recover|session|challenge|refresh|remember)/.test(
    name,
  );
  if (width <= 12 && has(token) && has(expiry) && lets) return like(0.9, "a token that lets a person in");
  if (/^(oidc|oauth2?|openid|saml)_/.test(name) && has(expiry))
    return like(0.85, "what another application may do for a person");
  if (width <= 6 && has(/(^|_)token$/) && /(reset|verif|confirm|magic|otp|remember)/.test(name))
    return like(0.85, "a token that lets a person in");
  if (width <= 8 && has(/^token_hash$/) && lets) return like(0.85, "a token that lets a person in");
  if (
    /(api_key|access_key|api_token|access_token|personal_token|refresh_token)s?$/.test(name) &&
    has(/(^|_)(key|token|hash|prefix|secret|digest)(_|$)/)
  )
    return like(0.8, "a key that acts for a person");
  const state = /^(confirmed|confirmed_at|used|used_at|consumed_at|expired|revoked|revoked_at|rotated_at)$/;
  return width <= 10 && has(/(^|_)token(_hash)?$/) && has(state) ? like(0.85, "a token that lets a person in") : null;
}

const knownBy =
  /(^|_)(users?|auth|accounts?)_(email|phone|phone_number|security_key|second_factor|auth_token|session|identity|identities|avatar|password|key|factor|token|secret|name|public_key|invite|invitation)(e?s)?$/;

const factor = /(^|_)(mfa|2fa|totp|two_?factor|webauthn|passkey|recovery_code|backup_code)(s|_|$)/;

const wayIn =
  /(^|_)(login|signin|sign_in|password|mfa|otp|webauthn|passkey|authenticator|credential|auth_log|login_attempt|login_history|oauth|known_device|trusted_device|device|recovery_code|backup_code|(social|linked|external|connected|oauth|sso)_(account|login|identity|user))(s|_histor(y|ies)|_attempts?|_logs?|_events?|_grants?|_tokens?)?$/;

function knownByShape({ name, width }: Looks): Shape | null {
  if (width <= 10 && knownBy.test(name)) return like(0.82, "what a person is known by");
  return width <= 14 && (wayIn.test(name) || factor.test(name)) ? like(0.8, "the way a person logs in") : null;
}

/** Addresses by which a person is known, verified or not. */
function isAddress({ has, width }: Looks): boolean {
  return (
    width <= 9 &&
    has(/^(e?_?mail|email_address|phone|phone_number)$/) &&
    has(/^(is_)?(verified|confirmed|primary|activated)(_at)?$/)
  );
}

const settingWords =
  /(^|_)(setting|preference|pref|profile|config|configuration|onboarding|consent|locale|theme|flag|user_meta|meta|option|notification_channel|email_preference|avatar|bio)s?($|_)/;

/** What belongs to money or work, though there is but one for each person. */
const business =
  /(stripe|subscription|plan|balance|amount|credit|price|quota|usage|invoice|billing|currency|customer_id|seat)/;

/** What there is one of for each person: `onePerUser` says that a key holds it to that; `perKey`, that it is one for each name. */
export function perUserShape(table: Table, unique: "one" | "per key" | "none"): Shape | null {
  const { has, name, width } = looksOf(table);
  const isSetting = settingWords.test(name);
  if (has(business) && !isSetting) return null;
  if (unique === "one")
    return isSetting
      ? { confidence: 0.92, reason: "One row for each user, of settings." }
      : { confidence: 0.75, reason: "One row for each user, and no other table refers to it." };
  const isKeyValue =
    has(/^(key|name|setting|option)$/) && has(/^(value|setting_value|val|data|enabled)$/) && width <= 7;
  if (unique === "per key" && (isSetting || isKeyValue))
    return { confidence: 0.85, reason: "Settings of a user, one for each name." };
  return isSetting && /(setting|preference|pref)s?$/.test(name)
    ? { confidence: 0.75, reason: "Settings of a user, by its name." }
    : null;
}
