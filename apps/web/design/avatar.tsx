import { classNames } from "@/design/class-names";

/** A picture, or initials on a tint that stays the same for the same name. Decoration: the name stands beside it. */
export function Avatar({
  name,
  picture,
  shape = "circle",
  size = "medium",
}: {
  name: string;
  /** Its address. */
  picture?: string | null | undefined;
  shape?: "circle" | "square";
  size?: "small" | "medium";
}) {
  const form = classNames(
    "shrink-0 select-none",
    size === "small" ? "size-6 text-[0.625rem]" : "size-8 text-xs",
    shape === "circle" ? "rounded-full" : "rounded-lg",
  );
  if (picture) return <img src={picture} alt="" className={classNames(form, "bg-surface object-contain")} />;
  return (
    <span aria-hidden className={classNames(form, "grid place-items-center font-semibold", tintOf(name))}>
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  const letters = picked.map((word) => Array.from(word ?? "")[0] ?? "").join("");
  return letters.toLocaleUpperCase("en") || "?";
}

function tintOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return tints[sum % tints.length] ?? "";
}

const tints = [
  "bg-[#d5ebe4] text-[#0a4a3f]",
  "bg-[#fbe3cf] text-[#6b3606]",
  "bg-[#dfe5f7] text-[#26377a]",
  "bg-[#f4dfe9] text-[#6f1d47]",
  "bg-[#e9e6c9] text-[#4a4506]",
  "bg-[#e4e0f5] text-[#42307d]",
];
