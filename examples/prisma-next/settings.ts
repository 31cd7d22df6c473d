/** The one place that reads the environment. */
export const settings = {
  /** A database that is there, as a user who may create roles. Left out, an embedded Postgres is started. */
  adminUrl: process.env["DATABASE_URL"],
  /** Signs the cookies. Needed with a database of your own. */
  secret: process.env["SESSION_SECRET"] ?? "only for the embedded database",
  port: Number(process.env["PORT"] ?? "3000"),
  /** What `npm run build` made is served; otherwise Next builds what is asked for. */
  isProduction: process.env["NODE_ENV"] === "production",
};

/** Next bundles the routes apart from what starts it, so the URL that was just made reaches them by the environment. */
export const runtimeUrl = {
  read: () => process.env["RUNTIME_DATABASE_URL"] ?? "",
  handOn: (url: string) => (process.env["RUNTIME_DATABASE_URL"] = url),
};

if (settings.adminUrl !== undefined && process.env["SESSION_SECRET"] === undefined) {
  throw new Error("With DATABASE_URL set SESSION_SECRET as well, to at least 32 random characters.");
}
