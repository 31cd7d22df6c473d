/** What the reference product calls things. */
export const productSettings = {
  scopes: ["within"],
  // `createApi` is the whole API, which has its guards at its endpoints.
  guards: ["createApi"],
  globalTables: ["auth.*"],
};

/** What anybody may call: signing in and out, mails about an account, invitations, the language, the health of the server. */
export const productPublic: readonly string[] = [
  ...["signUp", "signIn", "signOut", "askForReset", "choosePassword", "switchAccountToConfirm", "chooseLanguage"],
  ...["declineInvitation", "signUpAndJoin", "switchAccount"],
];

/** The library is what makes the scopes: its own tables are reached by functions that take one. */
export const librarySettings = {
  scopes: ["within"],
  // Migrations and the worker of the queue open connections of their own, as other roles; adapters hand out what a scope is bound to.
  databaseFolders: ["database", "migrations", "jobs", "adapters"],
  globalTables: [
    ...["graphile_worker.*", "rowhouse.migrations", "rowhouse.policy_manifest", "rowhouse.rate_limits"],
    "rowhouse.seal_keys",
  ],
};
