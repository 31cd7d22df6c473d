import { cookies } from "next/headers";
import Link from "next/link";
import { people } from "../../start/seed-organizations.ts";
import { getProduct } from "../product.ts";
import { signIn, signOut } from "./session-actions.ts";

/** Who is there, and their organizations. A product has its sign-in here; this stands in for it. */
export default async function Home() {
  // First: it tells Next that this page is made for each request and not while it builds, where there is no database.
  const sent = (await cookies()).toString();
  const { tenancy, sessions } = getProduct();
  const user = sessions.findUser(sent);
  const memberships = user === undefined ? [] : await tenancy.listOrganizations(user);
  return (
    <main>
      <h1>{user === undefined ? "Sign in" : "Your organizations"}</h1>
      {user === undefined ? (
        <>
          <p className="muted">Two people, each with an organization of their own. Nobody sees the other's.</p>
          <form action={signIn} className="bar">
            {people.map((person) => (
              <button key={person.user} name="user" value={person.user}>
                As the owner of {person.name}
              </button>
            ))}
          </form>
        </>
      ) : (
        <>
          <ul>
            {memberships.map(({ organization: { slug, name }, role }) => (
              <li key={slug} className="row">
                <Link href={`/organizations/${slug}`}>{name}</Link>
                <span className="muted">{role}</span>
              </li>
            ))}
          </ul>
          <form action={signOut}>
            <button className="plain">Sign out</button>
          </form>
        </>
      )}
    </main>
  );
}
