import type { Role } from "rowhouse";
import type { ComponentProps } from "react";
import { Select } from "@/design/select";
import { useRoleName } from "@/members/role-name";

interface RoleSelectProps extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  roles: readonly Role[];
  value: Role;
  onChange: (role: Role) => void;
}

/** Chooses a role among those that the viewer may give. */
export function RoleSelect({ roles, value, onChange, ...rest }: RoleSelectProps) {
  const roleName = useRoleName();
  return (
    <Select {...rest} value={value} onChange={(event) => onChange(event.target.value as Role)}>
      {roles.map((role) => (
        <option key={role} value={role}>
          {roleName(role)}
        </option>
      ))}
    </Select>
  );
}
