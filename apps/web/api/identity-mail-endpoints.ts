import type { Endpoint } from "rowhouse/http";
import { addressVerificationInput, passwordResetInput, passwordResetRequestInput } from "@/identity/inputs";
import { requestPasswordReset, resetPassword } from "@/identity/reset-password";
import { requestVerification, verifyAddress } from "@/identity/verify-address";
import { publicEndpoint, userEndpoint } from "./endpoint";
import { requestLanguage } from "./request-language";

const requestReset = publicEndpoint(
  {
    method: "post",
    path: "/password-reset-requests",
    summary: "Send a link for a new password. The answer is the same whether the address has an account or not",
    body: passwordResetRequestInput,
    status: 204,
    refusals: [429],
  },
  async ({ body: { email }, origin, request }) => {
    await requestPasswordReset({ email, ip: origin.ip, language: requestLanguage(request) });
    return {};
  },
);

const reset = publicEndpoint(
  {
    method: "post",
    path: "/password-resets",
    summary: "Choose a new password by the token of a mailed link, once. It ends every session of the account",
    body: passwordResetInput,
    status: 204,
    refusals: [404],
  },
  async ({ body, request }) => {
    await resetPassword({ ...body, language: requestLanguage(request) });
    return {};
  },
);

const requestConfirmation = userEndpoint(
  {
    method: "post",
    path: "/address-verification-requests",
    summary: "Send the link again that confirms your own address",
    status: 204,
    refusals: [409, 429],
  },
  async (user, { request }) => {
    await requestVerification(user, requestLanguage(request));
    return {};
  },
);

const confirm = userEndpoint(
  {
    method: "post",
    path: "/address-verifications",
    summary: "Confirm your own address by the token of a mailed link",
    body: addressVerificationInput,
    status: 204,
    refusals: [404],
  },
  async ({ id: userId }, { body: { token } }) => {
    await verifyAddress({ token, userId });
    return {};
  },
);

/** What mails about an account lead to. */
export const identityMailEndpoints: readonly Endpoint[] = [requestReset, reset, requestConfirmation, confirm];
