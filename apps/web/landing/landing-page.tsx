import { Building2, DatabaseZap, type LucideIcon, UserCheck } from "lucide-react";
import { ButtonLink } from "@/design/button";
import { Logo } from "@/design/logo";
import { ThemeToggle } from "@/design/theme-toggle";
import { ProductPreview } from "@/landing/product-preview";

/** What a stranger sees first: what this is, and the two ways in. */
export function LandingPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex w-full max-w-6xl items-center gap-2 px-4 py-4 md:px-8">
        <span className="me-auto flex items-center gap-2 text-lg font-semibold">
          <Logo />
          Rowhouse
        </span>
        <ThemeToggle />
        <ButtonLink href="/sign-in" variant="ghost">
          Sign in
        </ButtonLink>
        <ButtonLink href="/sign-up" variant="primary" className="max-sm:hidden">
          Sign up
        </ButtonLink>
      </header>
      <main className="mx-auto w-full max-w-6xl grow px-4 pb-20 md:px-8">
        <div className="mx-auto max-w-2xl pt-12 pb-12 text-center md:pt-20 md:pb-14">
          <h1 className="text-3xl font-semibold tracking-tight">Work side by side. Keep solid walls between.</h1>
          <p className="mt-4 text-lg text-muted">
            Rowhouse keeps the projects and tasks of every organization you belong to: in one place, and strictly apart.
          </p>
          <div className="mt-7 flex flex-wrap justify-center gap-3">
            <ButtonLink href="/sign-up" variant="primary">
              Create your organization
            </ButtonLink>
            <ButtonLink href="/sign-in">Sign in</ButtonLink>
          </div>
        </div>
        <ProductPreview />
        <ul className="mt-16 grid gap-10 md:grid-cols-3 md:gap-8">
          {reasons.map(({ icon: Icon, title, text }) => (
            <li key={title}>
              <Icon aria-hidden className="size-5 text-accent" />
              <h2 className="mt-3 text-lg font-semibold">{title}</h2>
              <p className="mt-1 text-muted">{text}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="border-t border-line">
        <p className="mx-auto max-w-6xl px-4 py-6 text-sm text-muted md:px-8">
          Rowhouse is the reference product of the open-source library of the same name.
        </p>
      </footer>
    </div>
  );
}

const reasons: readonly { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: DatabaseZap,
    title: "Walls in the database",
    text: "Postgres itself keeps rows of other organizations out of sight, also when the application has a bug.",
  },
  {
    icon: Building2,
    title: "An address for each organization",
    text: "Every page says in its address where it belongs. Keep two organizations open in two tabs; they never mix.",
  },
  {
    icon: UserCheck,
    title: "Roles that hold at once",
    text: "Membership is read on every request. Whoever is removed is out with the very next click.",
  },
];
