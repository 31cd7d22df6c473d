import type { CheckCase } from "../check-case.ts";

const setConfig = "pg_catalog.set_config(text, text, boolean)";

export const rh0408: CheckCase = {
  nearMiss: `grant execute on function ${setConfig} to {{owner}}`,
  holes: [
    {
      title: "PUBLIC may execute it, as after the installation",
      break: `grant execute on function ${setConfig} to public`,
      object: "pg_catalog.set_config",
    },
    {
      title: "the serving role was given it",
      break: `grant execute on function ${setConfig} to {{app}}`,
      object: "pg_catalog.set_config",
    },
    {
      title: "a role that the serving role belongs to was given it",
      break: `create role "rh0408 Staff"; grant "rh0408 Staff" to {{app}}; grant execute on function ${setConfig} to "rh0408 Staff"`,
      object: "pg_catalog.set_config",
    },
  ],
};
