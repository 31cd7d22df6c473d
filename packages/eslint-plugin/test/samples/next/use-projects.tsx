"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import useSWR from "swr";

export function useProjects(orgSlug: string, page: number) {
  const client = useQueryClient();
  const wrong = useQuery({ queryKey: ["projects", page], queryFn: () => fetch("/api/projects") }); // expect: tenant-cache-key
  const queryKey = ["projects", orgSlug, page];
  const right = useQuery({ queryKey, queryFn: () => fetch(`/api/organizations/${orgSlug}/projects`) });
  const me = useSWR("/api/session");
  const tasks = useSWR(`/api/tasks?page=${page}`); // expect: tenant-cache-key
  return { wrong, right, me, tasks, refresh: () => client.invalidateQueries({ queryKey }) };
}
