import { StartError } from "./start-error.ts";

const oldest = 15;
const newest = 18;

/** @throws StartError for a major version that Rowhouse was not tried with */
export function assertSupportedVersion(major: number): void {
  if (major >= oldest && major <= newest) return;
  throw new StartError(
    `The database is Postgres ${major}; Rowhouse runs on Postgres ${oldest} to ${newest}. Point DATABASE_URL at one of these, or leave it out for the embedded one.`,
  );
}
