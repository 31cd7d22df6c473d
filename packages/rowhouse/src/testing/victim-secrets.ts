import type { Side } from "./side.ts";

const shortest = 6;
const time = /^\d{4}-\d\d-\d\d(?:T|$)/;

/**
 * The texts that only the victim may read: those given, how its organization is named, and whatever only the victim has
 * been shown, but for times and for what the document says to everybody.
 *
 * @throws TypeError when a secret was never shown to the victim, so that its absence would prove nothing
 */
export function victimSecrets(victim: Side, attacker: Side, documented: string): Set<string> {
  const { secrets = [], organization } = victim.party;
  const shown = [...victim.known.texts].join("\n");
  if (secrets.length === 0) {
    throw new TypeError(
      "`victim.secrets` is empty: give a text at least that only the victim may read, as the name of a thing of its.",
    );
  }
  const unseen = secrets.filter((secret) => !shown.includes(secret));
  if (unseen.length > 0) {
    throw new TypeError(
      `No answer to the victim holds ${unseen.map((text) => JSON.stringify(text)).join(", ")} of \`victim.secrets\`, so its absence from ` +
        "the answers to the attacker would prove nothing. Give a text that some GET shows, and see that the victim is signed in.",
    );
  }
  const theirs = Object.values(attacker.party.organization).map(String);
  const isOfBoth = (text: string) => theirs.some((one) => one.includes(text));
  const names = Object.values(organization).filter(
    (name) => typeof name === "string" && name.length > 2 && !isOfBoth(name),
  );
  const attackerShown = [...attacker.known.texts].join("\n");
  const learned = [...victim.known.texts].filter(
    (text) =>
      text.length >= shortest && !time.test(text) && !documented.includes(text) && !attackerShown.includes(text),
  );
  return new Set([...secrets, ...names.map(String), ...learned.filter((text) => !isOfBoth(text))]);
}
