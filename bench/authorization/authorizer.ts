/** What a request asks about organizations before its own work begins. All of it begins with the cookie of a session. */
export const questions = ["organizations", "permission", "members"] as const;
export type Question = (typeof questions)[number];

export const questionTitles: Readonly<Record<Question, string>> = {
  organizations: "list my organizations",
  permission: "check a permission",
  members: "list members",
};

/** A person with a session, and an organization of theirs. */
export interface SignedIn {
  readonly organizationId: string;
  readonly slug: string;
  readonly userId: string;
  /** The Cookie header of their session. */
  readonly cookie: string;
}

/** One way to answer. */
export interface Authorizer extends AsyncDisposable {
  readonly key: string;
  readonly name: string;
  /** Slugs. */
  organizations(caller: SignedIn): Promise<readonly string[]>;
  permission(caller: SignedIn): Promise<boolean>;
  /** Ids of users. */
  members(caller: SignedIn): Promise<readonly string[]>;
}
