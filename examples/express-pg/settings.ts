/** The one place that reads the environment. */
export const settings = {
  /** A database that is there, as a user who may create roles. Left out, an embedded Postgres is started. */
  adminUrl: process.env["DATABASE_URL"],
  /** Signs the cookies. Needed with a database of your own. */
  secret: process.env["SESSION_SECRET"] ?? "only for the embedded database",
  port: Number(process.env["PORT"] ?? "3000"),
};

if (settings.adminUrl !== undefined && process.env["SESSION_SECRET"] === undefined) {
  throw new Error("With DATABASE_URL set SESSION_SECRET as well, to at least 32 random characters.");
}
