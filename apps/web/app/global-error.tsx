"use client";

import { useEffect } from "react";
import "./globals.css";
import ErrorPage from "./error";

/** Stands in when the root layout itself fails. */
export default function GlobalErrorPage(props: { error: Error & { digest?: string }; retry: () => void }) {
  useEffect(() => {
    document.title = "Something went wrong · Rowhouse";
  }, []);
  return (
    <html lang="en" dir="ltr">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
