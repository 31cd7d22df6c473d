import { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { convertDrizzleCommand } from "./convert-drizzle.ts";
import { convertPlanCommand } from "./convert-plan.ts";
import { convertPrismaCommand } from "./convert-prisma.ts";
import { convertReportCommand } from "./convert-report.ts";
import { convertRollbackCommand } from "./convert-rollback.ts";
import { convertRunCommand } from "./convert-run.ts";
import { convertStatusCommand } from "./convert-status.ts";
import { convertStripeCommand } from "./convert-stripe.ts";
import { convertValidateCommand } from "./convert-validate.ts";

export function convertCommand(context: CommandContext): Command {
  return new Command("convert")
    .description("Turns a live single-tenant database into a multi-tenant one, online and step by step.")
    .exitOverride()
    .addCommand(convertPlanCommand(context))
    .addCommand(convertRunCommand(context))
    .addCommand(convertStatusCommand(context))
    .addCommand(convertValidateCommand(context))
    .addCommand(convertRollbackCommand(context))
    .addCommand(convertReportCommand(context))
    .addCommand(convertPrismaCommand(context))
    .addCommand(convertDrizzleCommand(context))
    .addCommand(convertStripeCommand(context));
}
