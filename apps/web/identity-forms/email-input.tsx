import type { ComponentProps } from "react";
import { TextInput } from "@/design/text-input";

/** Where people type the address of their own account. */
export function EmailInput(props: ComponentProps<typeof TextInput>) {
  return (
    <TextInput name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} {...props} />
  );
}
