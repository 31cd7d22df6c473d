/** What the application's own tables are called, for migrations and for its tenancy. Apart, so that Next bundles no Postgres with it. */
export const tables = { tenant: ["projects", "tasks"] } as const;
