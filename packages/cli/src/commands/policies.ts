import { Command, Option } from "commander";
import { renderPolicies, renderSupabasePolicies } from "rowhouse/migrations";
import type { CommandContext } from "./command-context.ts";

interface Flags {
  readonly engine: "postgres" | "supabase";
  readonly tables: string[];
  readonly memberships?: string;
  readonly sealed?: boolean;
}

export function policiesCommand({ print }: CommandContext): Command {
  return new Command("policies")
    .description("Prints the row security of tenant tables as SQL, for a migration of yours. It is never run.")
    .addOption(
      new Option("--engine <engine>", "what decides who asks: a setting of the transaction, or auth.uid()")
        .choices(["postgres", "supabase"])
        .default("postgres"),
    )
    .requiredOption("--tables <table...>", "tables with organization_id")
    .option("--memberships <table>", "supabase: who is in which organization; by default public.memberships")
    .option("--sealed", "postgres: for a database whose contexts are sealed")
    .exitOverride()
    .action(({ engine, tables, memberships, sealed }: Flags) => {
      const script =
        engine === "supabase"
          ? renderSupabasePolicies({ tables, memberships })
          : renderPolicies({ tables, isSealed: sealed });
      print(script.trimEnd());
    });
}
