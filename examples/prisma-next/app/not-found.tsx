import Link from "next/link";

export const metadata = { title: "Not found" };

/** The same for what is not there and for what is another organization's. */
export default function NotFound() {
  return (
    <main>
      <h1>Not found</h1>
      <p>There is no such page, or it belongs to an organization that you are not a member of.</p>
      <Link href="/">Your organizations</Link>
    </main>
  );
}
