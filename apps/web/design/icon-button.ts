/** The look of a quiet button that holds only an icon; its name goes into `aria-label`. */
export const buttonIconClass =
  "grid size-9 shrink-0 place-items-center rounded-lg text-muted transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink disabled:opacity-50 md:size-8";
