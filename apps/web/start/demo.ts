import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { lastWords, runNode } from "./child.ts";
import { StartError } from "./start-error.ts";

const seedScript = fileURLToPath(new URL("seed.ts", import.meta.url));

/** Who can sign in to the demo, and what they can see. */
export const demoPeople = [
  { name: "Ada Okafor", email: "ada@demo.example", sees: "owner of Northwind Studio, admin of Contoso Robotics" },
  { name: "Grace Lindqvist", email: "grace@demo.example", sees: "owner of Contoso Robotics" },
  { name: "Mateo Alvarez", email: "mateo@demo.example", sees: "member of Northwind Studio" },
  { name: "Yuki Tanaka", email: "yuki@demo.example", sees: "viewer of Northwind Studio" },
] as const;

/** Words a person can type; made at random once an installation, so that no known password opens a Rowhouse. */
export function demoPassword(): string {
  const syllables = Array.from({ length: 6 }, () => consonant() + vowel() + consonant());
  return syllables.join("-");
}

export function demoSignIns(password: string): string {
  const lines = demoPeople.map(({ email, sees }) => `  ${email.padEnd(20)} ${sees}`);
  return ["Demo sign-ins, all with the password", `  ${password}`, "", ...lines].join("\n");
}

/** Fills a database, or goes on where a killed one stopped, in a process of its own that connects as the product does. */
export async function seedDemo(environment: NodeJS.ProcessEnv, password: string, signal: AbortSignal): Promise<void> {
  const { code, output } = await runNode([...process.execArgv, seedScript], { environment, input: password, signal });
  if (code !== 0) throw new StartError(`The demo could not be seeded: ${lastWords(output)}`);
}

function consonant(): string {
  return pick("bdfgklmnprstvz");
}

function vowel(): string {
  return pick("aeiou");
}

function pick(letters: string): string {
  return letters.charAt(randomInt(letters.length));
}
