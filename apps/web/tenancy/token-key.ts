import { createHash, createPrivateKey, hkdfSync } from "node:crypto";
import type { TokenKey } from "rowhouse";

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** The key that signs tokens, made of the product's one secret: another secret is another key, and ends every token. */
export function tokenKeyOf(secret: string): TokenKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "rowhouse token key", 32));
  const key = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
  const { x = "", d = "" } = key.export({ format: "jwk" });
  const kid = createHash("sha256").update(x).digest("base64url").slice(0, 16);
  return { kty: "OKP", crv: "Ed25519", kid, x, d };
}
