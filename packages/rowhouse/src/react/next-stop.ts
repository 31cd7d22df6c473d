/** What the keyboard visits, in the order of the page. */
export interface Stops {
  readonly keys: readonly string[];
  readonly current: string | undefined;
  /** True while the caret is in text, where Home and End have a meaning of their own. */
  readonly isTyping: boolean;
}

/** Where a key leads among the stops, round at both ends; `undefined` for a key that leads nowhere. */
export function nextStop(key: string, { keys, current, isTyping }: Stops): string | undefined {
  const now = current === undefined ? -1 : keys.indexOf(current);
  switch (key) {
    case "ArrowDown":
      return keys[(now + 1) % keys.length];
    case "ArrowUp":
      return keys.at(now <= 0 ? -1 : now - 1);
    case "Home":
      return isTyping ? undefined : keys[0];
    case "End":
      return isTyping ? undefined : keys.at(-1);
    default:
      return undefined;
  }
}
