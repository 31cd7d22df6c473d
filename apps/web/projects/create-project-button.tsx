"use client";

import { useProjectCreation } from "@/projects/use-project-creation";

/** The button "New project" and its dialog, where no list of projects is in view. */
export function CreateProjectButton({ orgSlug }: { orgSlug: string }) {
  const { button, dialog } = useProjectCreation({ orgSlug });
  return (
    <>
      {button}
      {dialog}
    </>
  );
}
