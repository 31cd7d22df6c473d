import { name } from "../phases/names.ts";
import type { ConversionFinding } from "./conversion-finding.ts";
import { sightBefore } from "./sight.ts";
import { countLabels, findingsOf, isStrict, type Validation } from "./validation.ts";

/** Users and teams without an organization, and memberships that are missing, too many or twice. */
export async function findWrongMemberships(validation: Validation): Promise<ConversionFinding[]> {
  return [
    ...(await findWithoutOrganization(validation)),
    ...(await findWithoutOwner(validation)),
    ...(await findDuplicates(validation)),
    ...(await findAgainstOldTeams(validation)),
  ];
}

async function findWithoutOrganization(validation: Validation): Promise<ConversionFinding[]> {
  const { users, teams, lazy } = validation.plan;
  const without = (table: string, key: string, kind: "user" | "team"): string =>
    `select t.${name(key)} as label from ${table} t
     where not exists (select from rowhouse_convert.owners o where o.kind = '${kind}' and o.key = t.${name(key)}::text)`;
  // Who has no organization yet gets one with the first row; rows without one are another rule's.
  const lonely = lazy ? [] : await countLabels(validation, without(users.table, users.key, "user"));
  return [
    ...(Array.isArray(lonely)
      ? []
      : findingsOf(lonely, {
          rule: "user-without-organization",
          table: users.table,
          detail: "Users have no organization of their own.",
        })),
    ...(teams === null
      ? []
      : findingsOf(await countLabels(validation, without(teams.table, teams.key, "team")), {
          rule: "team-without-organization",
          table: teams.table,
          detail: "Teams did not become organizations.",
        })),
  ];
}

async function findWithoutOwner(validation: Validation): Promise<ConversionFinding[]> {
  // The new application may hand an organization on, but never to nobody.
  const whose = isStrict(validation) ? "and m.user_id = o.user_id" : "";
  const found = await countLabels(
    validation,
    `select o.key as label from rowhouse_convert.owners o
     where o.kind = 'user' and not exists (
       select from rowhouse.memberships m where m.organization_id = o.organization_id and m.role = 'owner' ${whose})`,
  );
  return findingsOf(found, {
    rule: "owner-without-membership",
    table: validation.plan.users.table,
    detail: "Users do not own their own organization.",
  });
}

async function findDuplicates(validation: Validation): Promise<ConversionFinding[]> {
  const found = await countLabels(
    validation,
    `select format('organization %s of %s', organization_id, string_agg(kind || ' ' || key, ' and ' order by kind, key)) as label
     from rowhouse_convert.owners group by organization_id having count(*) > 1
     union all
     select format('user %s of %s', user_id, string_agg(key, ' and ' order by key))
     from rowhouse_convert.owners where kind = 'user' group by user_id having count(*) > 1
     union all
     select format('user %s in organization %s', user_id, organization_id)
     from rowhouse.memberships group by organization_id, user_id having count(*) > 1`,
  );
  return findingsOf(found, {
    rule: "duplicate-membership",
    table: null,
    detail: "Two users, or two teams, share what must be one's own.",
  });
}

async function findAgainstOldTeams(validation: Validation): Promise<ConversionFinding[]> {
  if (!isStrict(validation)) return [];
  const before = sightBefore(validation.plan);
  const after = `select o.key as user_key, m.organization_id
    from rowhouse.memberships m join rowhouse_convert.owners o on o.kind = 'user' and o.user_id = m.user_id`;
  const label = "format('user %s in organization %s', user_key, organization_id) as label";
  const missing = await countLabels(
    validation,
    `select ${label} from ((${before}) except (${after})) d
     where exists (select from rowhouse_convert.owners o where o.kind = 'user' and o.key = user_key)`,
  );
  const unknown = await countLabels(validation, `select ${label} from ((${after}) except (${before})) d`);
  const table = validation.plan.teams?.members?.table ?? null;
  return [
    ...findingsOf(missing, {
      rule: "missing-membership",
      table,
      detail: "Users are not in the organization of their team.",
    }),
    ...findingsOf(unknown, {
      rule: "unknown-membership",
      table,
      detail: "Users are in an organization that the old application does not let them see.",
    }),
  ];
}
