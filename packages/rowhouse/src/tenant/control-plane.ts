import type { ColumnType, Generated } from "kysely";
import type { Role } from "../access/roles.ts";

/** A timestamp that the database sets when it is left out. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;

/** The tables of schema `rowhouse`, for Kysely. An application may add them to its own `Database` type. */
export interface ControlPlane {
  "rowhouse.organizations": {
    id: Generated<string>;
    slug: string;
    name: string;
    createdAt: Timestamp;
    updatedAt: Timestamp;
  };
  "rowhouse.organizationSlugs": { slug: string; organizationId: string; createdAt: Timestamp };
  "rowhouse.memberships": {
    organizationId: string;
    userId: string;
    role: Role;
    createdAt: Timestamp;
    updatedAt: Timestamp;
  };
  "rowhouse.operatorLog": { id: Generated<string>; operator: string; reason: string; createdAt: Timestamp };
}
