/** What the reference product calls things. */
export const productSettings = {
  scopes: ["within"],
  guards: ["createApi", "joinByAddress"],
  globalTables: ["auth.*"],
};

/** What anybody may call: signing in and out, mails about an account, invitations, the language, the health of the server. */
export const productPublic: readonly string[] = [];

/** The library is what makes the scopes: its own tables are reached by functions that take one. */
export const librarySettings = {
  scopes: ["within"],
  databaseFolders: ["database"],
};
