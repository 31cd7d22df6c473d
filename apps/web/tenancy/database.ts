import type { ColumnType, Generated } from "kysely";

type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** The product's tables. `organizationId` is there to read; the tenant scope writes it. */
export interface Database {
  projects: {
    id: Generated<string>;
    organizationId: string;
    name: string;
    createdAt: Timestamp;
    updatedAt: Timestamp;
  };
  tasks: {
    id: Generated<string>;
    organizationId: string;
    projectId: string;
    title: string;
    completedAt: Date | null;
    createdAt: Timestamp;
    updatedAt: Timestamp;
  };
}

/** The same tables by their names in Postgres: what row security is planned for. */
export const tables = { tenant: ["projects", "tasks"] } as const;
