import { Command } from "commander";
import { auditVerifyCommand } from "./audit-verify.ts";
import type { CommandContext } from "./command-context.ts";

export function auditCommand(context: CommandContext): Command {
  return new Command("audit").description("The audit log.").exitOverride().addCommand(auditVerifyCommand(context));
}
