"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { people } from "../../start/seed-organizations.ts";
import { getProduct } from "../product.ts";

/** A stand-in: whoever asks may be one of the two people. A product asks for a password here. */
export async function signIn(form: FormData): Promise<void> {
  const person = people.find(({ user }) => user === form.get("user"));
  if (person === undefined) redirect("/");
  const [name = "", value = ""] = getProduct().sessions.cookieFor(person.user).split("=");
  (await cookies()).set(name, value, { httpOnly: true, sameSite: "lax", path: "/" });
  redirect(`/organizations/${person.name.toLowerCase()}`);
}

export async function signOut(): Promise<void> {
  (await cookies()).delete("session");
  redirect("/");
}
