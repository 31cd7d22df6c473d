"use client";

import { useEffect, useState } from "react";
import type { SlugState } from "rowhouse";
import { checkSlug } from "@/organization-settings/actions";

const pauseMs = 300;

/** What is known of a name; `unknown` when nobody could be asked. */
export type ShownSlugState = SlugState | "current" | "checking" | "unknown";

/** Asks whether a name can be had once nobody types for a moment. An answer to an earlier question is passed over. */
export function useSlugState(orgSlug: string, slug: string): ShownSlugState {
  const [answer, setAnswer] = useState<{ slug: string; state: ShownSlugState }>();

  useEffect(() => {
    if (slug === orgSlug || slug === "") return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void stateOf(orgSlug, slug).then((state) => {
        if (isCurrent) setAnswer({ slug, state });
      });
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [orgSlug, slug]);

  if (slug === orgSlug) return "current";
  if (slug === "") return "malformed";
  return answer?.slug === slug ? answer.state : "checking";
}

async function stateOf(orgSlug: string, slug: string): Promise<ShownSlugState> {
  try {
    const result = await checkSlug(orgSlug, { slug });
    return result.ok ? result.value : "unknown";
  } catch {
    return "unknown"; // the server is out of reach; saving will say so
  }
}
