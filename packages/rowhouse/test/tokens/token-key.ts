import { exportJWK, generateKeyPair } from "jose";
import type { TokenKey } from "../../src/index.ts";

/** A fresh key to sign tokens with. */
export async function newTokenKey(kid: string): Promise<TokenKey> {
  const { privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const { x = "", d = "" } = await exportJWK(privateKey);
  return { kty: "OKP", crv: "Ed25519", kid, x, d };
}
