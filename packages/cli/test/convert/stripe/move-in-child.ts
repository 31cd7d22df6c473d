import { text } from "node:stream/consumers";
import { convertStripeCommand } from "../../../src/commands/convert-stripe.ts";

const [databaseUrl, stripeKey, plan = ""] = process.argv.slice(2);
const stripeUrl = await text(process.stdin);

/** The command in a process of its own, to be killed. */
await convertStripeCommand({
  settings: { databaseUrl, stripeUrl, stripeKey, showStacks: true },
  print: (said) => void process.stdout.write(said),
  report: () => undefined,
  ask: undefined,
  fail: () => undefined,
}).parseAsync(["--plan", plan], { from: "user" });
