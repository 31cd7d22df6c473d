import { createHmac, timingSafeEqual } from "node:crypto";
import { RowhouseError } from "rowhouse";

/**
 * A stand-in for a sign-in library: a cookie with the id of a user and a MAC over it. It says who somebody is, and nothing
 * about organizations. It never expires, so it is for trying alone.
 */
export class Sessions {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  cookieFor(user: string): string {
    return `session=${user}.${this.#mac(user)}`;
  }

  /** @throws RowhouseError UNAUTHENTICATED */
  userOf(cookies: string | null | undefined): string {
    const user = this.findUser(cookies);
    if (user !== undefined) return user;
    throw new RowhouseError("UNAUTHENTICATED", "Sign in first.");
  }

  findUser(cookies: string | null | undefined): string | undefined {
    const [, user = "", mac = ""] = /(?:^|;\s*)session=([0-9a-f-]{36})\.([\w-]{43})(?:;|$)/.exec(cookies ?? "") ?? [];
    return user !== "" && timingSafeEqual(Buffer.from(mac), Buffer.from(this.#mac(user))) ? user : undefined;
  }

  #mac(user: string): string {
    return createHmac("sha256", this.#secret).update(`session of ${user}`).digest("base64url");
  }
}
