import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
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

/** Fills an empty database, in a process of its own that connects as the product does. */
export async function seedDemo(environment: NodeJS.ProcessEnv, password: string, onStep: (text: string) => void): Promise<void> {
  onStep("Seeding the demo");
  const child = spawn(process.execPath, [...process.execArgv, seedScript], { env: environment, stdio: ["pipe", "inherit", "inherit"] });
  child.stdin.end(password);
  const code = await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new StartError("The demo could not be seeded; the lines above say why.");
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
