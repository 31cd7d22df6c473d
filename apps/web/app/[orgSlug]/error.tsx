"use client";

import type { ComponentProps } from "react";
import { PageFailure } from "@/design/page-failure";

export default function OrganizationErrorPage(props: ComponentProps<typeof PageFailure>) {
  return <PageFailure {...props} as="div" />;
}
