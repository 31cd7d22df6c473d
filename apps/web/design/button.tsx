import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "@/design/class-names";
import { Spinner } from "@/design/spinner";

type Variant = "primary" | "secondary" | "ghost" | "danger";
type Size = "small" | "medium" | "icon";

interface Look {
  variant?: Variant | undefined;
  size?: Size | undefined;
  className?: string | undefined;
}

/** A button. `pending` keeps its width, shows a spinner and refuses further clicks. */
export function Button({
  variant,
  size,
  className,
  pending = false,
  children,
  ...rest
}: ComponentProps<"button"> & Look & { pending?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : rest.onClick}
      className={buttonClass({ variant, size, className })}
    >
      <span className={classNames("inline-flex items-center gap-1.5", pending && "opacity-0")}>{children}</span>
      {pending ? <Spinner className="absolute size-4" /> : null}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={classNames(buttonClass({ variant, size, className }), "gap-1.5")} />;
}

function buttonClass({ variant = "secondary", size = "medium", className }: Look): string {
  return classNames(
    "relative inline-flex shrink-0 items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-50",
    variants[variant],
    sizes[size],
    className,
  );
}

const variants: Record<Variant, string> = {
  primary: "bg-accent-solid text-on-accent hover:bg-accent-solid-hover",
  secondary: "border border-line bg-surface text-ink shadow-card hover:bg-subtle",
  ghost: "text-muted hover:bg-hover hover:text-ink",
  danger: "bg-danger-solid text-on-danger hover:bg-danger-solid-hover",
};

const sizes: Record<Size, string> = {
  small: "h-8 px-3 text-sm",
  medium: "h-10 px-4 text-base md:h-9 md:px-3.5",
  icon: "size-9 md:size-8",
};
