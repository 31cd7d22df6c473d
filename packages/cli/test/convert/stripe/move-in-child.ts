import { convertStripeCommand } from "../../../src/commands/convert-stripe.ts";
import { planOf, tableOf } from "../orm/plan-of.ts";

const [databaseUrl, stripeUrl, stripeKey] = process.argv.slice(2);

/** The command in a process of its own, to be killed. */
await convertStripeCommand(
  {
    settings: { databaseUrl, stripeUrl, stripeKey, showStacks: true },
    print: (text) => void process.stdout.write(text),
    report: () => undefined,
    ask: undefined,
    fail: () => undefined,
  },
  () => Promise.resolve(planOf([tableOf("public.users")])),
).parseAsync(["--plan", "plan.yaml"], { from: "user" });
