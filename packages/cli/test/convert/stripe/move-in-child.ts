import { convertStripeCommand } from "../../../src/commands/convert-stripe.ts";

const [databaseUrl, stripeUrl, stripeKey, plan = ""] = process.argv.slice(2);

/** The command in a process of its own, to be killed. */
await convertStripeCommand({
  settings: { databaseUrl, stripeUrl, stripeKey, showStacks: true },
  print: (text) => void process.stdout.write(text),
  report: () => undefined,
  ask: undefined,
  fail: () => undefined,
}).parseAsync(["--plan", plan], { from: "user" });
