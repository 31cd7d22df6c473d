"use client";

import { useEffect } from "react";
import { Button } from "@/design/button";
import { FullPageMessage } from "@/design/full-page-message";

export default function OrganizationErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <FullPageMessage
      as="div"
      title="Something went wrong"
      action={
        <Button variant="primary" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      The page could not be shown. Nothing that you saved is lost.
      {error.digest ? <span className="mt-2 block text-sm">Reference: {error.digest}</span> : null}
    </FullPageMessage>
  );
}
