import type { ESLint, Linter } from "eslint";
import { guardedEntry } from "./rules/guarded-entry.ts";
import { noActiveOrganization } from "./rules/no-active-organization.ts";
import { noIdAlone } from "./rules/no-id-alone.ts";
import { noOrganizationFromBody } from "./rules/no-organization-from-body.ts";
import { noRawClient } from "./rules/no-raw-client.ts";
import { noSessionSet } from "./rules/no-session-set.ts";
import { noUnscopedSql } from "./rules/no-unscoped-sql.ts";
import { tenantCacheKey } from "./rules/tenant-cache-key.ts";

export type { Settings } from "./settings.ts";

/** Every rule under its name. */
const rules = {
  "guarded-entry": guardedEntry,
  "no-active-organization": noActiveOrganization,
  "no-id-alone": noIdAlone,
  "no-organization-from-body": noOrganizationFromBody,
  "no-raw-client": noRawClient,
  "no-session-set": noSessionSet,
  "no-unscoped-sql": noUnscopedSql,
  "tenant-cache-key": tenantCacheKey,
};

interface Plugin extends ESLint.Plugin {
  readonly configs: { readonly recommended: Linter.Config };
  readonly rules: NonNullable<ESLint.Plugin["rules"]>;
}

const plugin: Plugin = {
  meta: { name: "eslint-plugin-rowhouse", version: "0.1.0", namespace: "rowhouse" },
  // The rules are typed by typescript-eslint, whose nodes know more than ESLint's.
  rules: rules as unknown as Plugin["rules"],
  configs: {
    /** All rules, as errors. What the application calls things goes into `settings.rowhouse`. */
    recommended: {
      name: "rowhouse/recommended",
      plugins: {
        get rowhouse() {
          return plugin;
        },
      },
      rules: Object.fromEntries(Object.keys(rules).map((name) => [`rowhouse/${name}`, "error"] as const)),
    },
  },
};

export default plugin;
