/** One optimistic change of a list whose items have ids. */
export type ListChange<T extends { id: string }> =
  | { kind: "add"; item: T }
  | { kind: "confirm"; temporaryId: string; item: T }
  | { kind: "patch"; id: string; patch: Partial<T> }
  | { kind: "remove"; id: string };

/**
 * The list after a change. Several changes are replayed over newer lists from the server, so each of them works by id and
 * may find its work already done.
 */
export function applyListChange<T extends { id: string }>(items: T[], change: ListChange<T>): T[] {
  switch (change.kind) {
    case "add":
      return [change.item, ...items];
    case "confirm": {
      const known = items.some((item) => item.id === change.item.id);
      return known
        ? items.filter((item) => item.id !== change.temporaryId)
        : items.map((item) => (item.id === change.temporaryId ? change.item : item));
    }
    case "patch":
      return items.map((item) => (item.id === change.id ? { ...item, ...change.patch } : item));
    case "remove":
      return items.filter((item) => item.id !== change.id);
  }
}

const temporary = "temporary:";

/** An id for an item that the server has not named yet. */
export function temporaryId(): string {
  return temporary + Math.random().toString(36).slice(2);
}

/** Whether the server has yet to name it; until then it can be seen but not changed. */
export function isTemporary(id: string): boolean {
  return id.startsWith(temporary);
}
