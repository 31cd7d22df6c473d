import { name } from "../phases/names.ts";
import type { Plan } from "../plan.ts";
import { isStrict, type Validation } from "./validation.ts";

/** Who sees what of whom by the old application's rules: their own, and that of the teams that they are in. `user_key`, `organization_id`. */
export function sightBefore(plan: Plan): string {
  const own = "select o.key as user_key, o.organization_id from rowhouse_convert.owners o where o.kind = 'user'";
  return [own, ...teamSights(plan)].join("\nunion ");
}

/** The same by memberships; from hard isolation on without those that only the new application knows. */
export function sightAfter(validation: Validation): string {
  const memberships = `select o.key as user_key, m.organization_id
    from rowhouse_convert.owners o join rowhouse.memberships m on m.user_id = o.user_id and m.status = 'active'
    where o.kind = 'user'`;
  return isStrict(validation) ? memberships : `${memberships} intersect (${sightBefore(validation.plan)})`;
}

function teamSights({ teams, users }: Plan): string[] {
  if (teams === null) return [];
  const { members, owner, table, key } = teams;
  const known = `join ${users.table} u on u.${name(users.key)}`;
  const team = (column: string): string =>
    `join rowhouse_convert.owners o on o.kind = 'team' and o.key = ${column}::text`;
  return [
    ...(members === null
      ? []
      : [
          `select m.${name(members.user)}::text, o.organization_id from ${members.table} m
           ${known} = m.${name(members.user)} ${team(`m.${name(members.team)}`)}`,
        ]),
    ...(owner === null
      ? []
      : [
          `select t.${name(owner)}::text, o.organization_id from ${table} t
           ${known} = t.${name(owner)} ${team(`t.${name(key)}`)}`,
        ]),
  ];
}
