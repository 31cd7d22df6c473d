import type { Metadata } from "next";
import { FullPageMessage } from "@/design/full-page-message";
import { ButtonLink } from "@/design/button";

export const metadata: Metadata = { title: "Page not found" };

/** The one answer for what does not exist and for what belongs to somebody else. */
export default function NotFound() {
  return (
    <FullPageMessage
      title="Page not found"
      action={
        <ButtonLink href="/" variant="primary">
          Go to the start page
        </ButtonLink>
      }
    >
      There is nothing at this address, or nothing that you can see. Check the address, or sign in with another account.
    </FullPageMessage>
  );
}
