import type { ExistingTeams, Plan } from "../plan.ts";
import { definerFunction } from "./definer-function.ts";
import { equalsText } from "./match-by-text.ts";
import { name, text } from "./names.ts";
import type { Schema } from "./schema.ts";
import { together, type Step } from "./step.ts";

/** Members of a team become members of its organization, with the role that the plan gives theirs. */
export function teamMembersSql({ teams, users }: Plan, schema: Schema): string[] {
  if (teams === null) return [];
  const { members, owner } = teams;
  const profile = [users.name, users.email].map((column) =>
    column === null ? "''" : `coalesce(u.${name(column)}::text, '')`,
  );
  const fromMembers =
    members === null
      ? ""
      : `for one in select m.${name(members.user)}::text as person, ${roleSql(members, "m")} as role from ${members.table} m
          where ${equalsText(schema, { table: members.table, column: members.team, alias: "m" }, "team")} order by 2 loop
          perform rowhouse_convert.set_membership(team, one.person, one.role, organization);
        end loop;`;
  const fromOwner =
    owner === null
      ? ""
      : `for one in select g.${name(owner)}::text as person from ${teams.table} g
          where ${equalsText(schema, { table: teams.table, column: teams.key, alias: "g" }, "team")} and g.${name(owner)} is not null loop
          perform rowhouse_convert.set_membership(team, one.person, 'owner', organization);
        end loop;`;
  return [
    definerFunction(
      `rowhouse_convert.set_membership(team text, person text, new_role text, organization uuid) returns void`,
      `declare
        home uuid := rowhouse_convert.organization_of('user', person);
        called text;
        address text;
      begin
        if home is null or organization is null then return; end if;
        select left(${profile[0] ?? "''"}, 200), left(${profile[1] ?? "''"}, 254) into called, address from ${users.table} u 
          where ${equalsText(schema, { table: users.table, column: users.key, alias: "u" }, "person")};
        insert into rowhouse.memberships as m (organization_id, user_id, role, name, email)
          select organization, o.user_id, new_role, called, address from rowhouse_convert.owners o
          where o.kind = 'user' and o.key = person
          on conflict (organization_id, user_id) do update set role = excluded.role
            -- whoever is the last owner stays one
            where m.role <> excluded.role and (m.role <> 'owner' or exists (select from rowhouse.memberships x
              where x.organization_id = m.organization_id and x.user_id <> m.user_id and x.role = 'owner' and x.status = 'active'));
      end`,
    ),
    definerFunction(
      `rowhouse_convert.fill_team(team text, organization uuid) returns void`,
      `declare one record;
      begin
        ${fromMembers}
        ${fromOwner}
        update rowhouse.memberships m set role = 'owner'
          where m.organization_id = fill_team.organization
            and not exists (select from rowhouse.memberships x where x.organization_id = fill_team.organization and x.role = 'owner')
            and m.user_id = (select x.user_id from rowhouse.memberships x where x.organization_id = fill_team.organization
              order by array_position(array['admin', 'member', 'viewer'], x.role), x.user_id limit 1);
      end`,
    ),
  ];
}

/** What the old application changes about teams and their members goes to the organizations as well. */
export function teamTriggers({ teams }: Plan): Step[] {
  if (teams === null) return [];
  const made: Step = {
    id: `organizations:team-made:${teams.table}`,
    phase: "organizations",
    do: [
      together(
        definerFunction(
          `rowhouse_convert.team_changed() returns trigger`,
          `begin perform rowhouse_convert.organization_of('team', new.${name(teams.key)}::text); return null; end`,
        ),
        `create or replace trigger "A_rowhouse_team" after insert on ${teams.table}
          for each row execute function rowhouse_convert.team_changed()`,
      ),
    ],
    undo: [
      together(
        `drop trigger if exists "A_rowhouse_team" on ${teams.table}`,
        "drop function if exists rowhouse_convert.fill_team(text, uuid)",
      ),
    ],
    lock: "ShareRowExclusiveLock",
    on: [teams.table],
    estimate: "instant",
  };
  return teams.members === null ? [made] : [made, memberTrigger(teams.members)];
}

type Members = NonNullable<ExistingTeams["members"]>;

function memberTrigger(members: Members): Step {
  const [team, person] = [name(members.team), name(members.user)];
  return {
    id: `organizations:members:${members.table}`,
    phase: "organizations",
    do: [
      together(
        definerFunction(
          `rowhouse_convert.member_changed() returns trigger`,
          `begin
            if tg_op <> 'INSERT' and (tg_op = 'DELETE' or (old.${team}, old.${person}) is distinct from (new.${team}, new.${person})) then
              delete from rowhouse.memberships m using rowhouse_convert.owners t, rowhouse_convert.owners p
                where t.kind = 'team' and t.key = old.${team}::text and p.kind = 'user' and p.key = old.${person}::text
                  and m.organization_id = t.organization_id and m.user_id = p.user_id
                  and (m.role <> 'owner' or exists (select from rowhouse.memberships x
                    where x.organization_id = m.organization_id and x.user_id <> m.user_id and x.role = 'owner' and x.status = 'active'));
            end if;
            if tg_op <> 'DELETE' then
              perform rowhouse_convert.set_membership(new.${team}::text, new.${person}::text, ${roleSql(members, "new")},
                rowhouse_convert.organization_of('team', new.${team}::text));
            end if;
            return null;
          end`,
        ),
        `create or replace trigger "A_rowhouse_member" after insert or update or delete on ${members.table}
          for each row execute function rowhouse_convert.member_changed()`,
      ),
    ],
    undo: [together(`drop trigger if exists "A_rowhouse_member" on ${members.table}`)],
    lock: "ShareRowExclusiveLock",
    on: [members.table],
    estimate: "instant",
  };
}

function roleSql(members: Members, row: string): string {
  const cases = Object.entries(members.roles).map(([theirs, ours]) => `when ${text(theirs)} then ${text(ours)}`);
  if (members.role === null || cases.length === 0) return "'member'";
  return `(case ${row}.${name(members.role)}::text ${cases.join(" ")} else 'member' end)`;
}
