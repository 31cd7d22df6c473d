import type { UnsafeChange } from "./unsafe-changes.ts";

const own = "organization_id = (select nullif(current_setting('rowhouse.organization_id', true), '')::uuid)";
const door =
  "nullif(current_setting('rowhouse.organization_id', true), '') is null and pg_has_role(current_user, 'old_app', 'USAGE')";
const trigger = '"Own_tasks_preset_id_fkey"';
const owned = "insert into presets (organization_id, name) select id, 'owned' from rowhouse.organizations limit 1";
const hold = `create constraint trigger ${trigger} after insert or update on tasks for each row`;

/** The floors of a conversion that is under way; `also` is what the one for changes lets pass as well. */
function conversionFloors(also = ""): string[] {
  const write = `${own} or (${door})`;
  return [
    ...["select", "insert", "update", "delete"].map((command) => `drop policy tenant_floor_${command} on presets`),
    ...[
      `select to public using (${own} or organization_id is null or (${door}))`,
      `insert to public with check (${write})`,
      `update to public using (${write}${also}) with check (${write})`,
      `delete to public using (${write})`,
    ].map(
      (rule) =>
        `create policy tenant_floor_until_contract_${rule.split(" ")[0] ?? ""} on presets as restrictive for ${rule}`,
    ),
    "update rowhouse.policy_manifest set origin = 'elsewhere'",
  ];
}

/** Changes of a table in which rows of nobody are everybody's to read: for the runtime role. */
export const mixedCases: readonly UnsafeChange[] = [
  {
    title: "everybody's rows made to be all rows",
    break: ["alter policy shared_rows on presets using (true)"],
    finding: /presets: policy shared_rows is altered/,
    near: ["alter policy shared_rows on presets using ( ( organization_id is null ) )"],
  },
  {
    title: "everybody's rows opened to changes",
    break: [`alter policy tenant_floor_update on presets using (${own} or organization_id is null)`],
    finding: /presets: policy tenant_floor_update is altered/,
    near: [`alter policy tenant_floor_update on presets using ( ( ${own} ) )`],
  },
  {
    title: "a mixed table without its floor for removals",
    break: ["drop policy tenant_floor_delete on presets"],
    finding: /presets: policy tenant_floor_delete is missing/,
    near: conversionFloors(),
  },
  {
    title: "a mixed table whose floors are a conversion's with a wider door",
    break: conversionFloors(" or organization_id is null"),
    finding: /presets: policy tenant_floor_update is missing/,
  },
  {
    title: "a mixed table that shows an organization's rows to nobody",
    break: [
      owned,
      "alter policy shared_rows on presets using (true)",
      "alter policy tenant_floor_select on presets using (true)",
    ],
    finding: /presets: shows rows to a session without a tenant/,
    near: [owned],
  },
  {
    title: "a reference into a mixed table that nothing holds",
    break: [`drop trigger ${trigger} on tasks`],
    finding: /tasks: foreign key tasks_preset_id_fkey leaves organization_id out/,
    near: [
      `drop trigger ${trigger} on tasks`,
      `${hold} execute function rowhouse.hold_reference('tasks_preset_id_fkey', 'organization_id')`,
    ],
  },
  {
    title: "what holds a reference, switched off,",
    break: [`alter table tasks disable trigger ${trigger}`],
    finding: /tasks: foreign key tasks_preset_id_fkey leaves organization_id out/,
    near: [`alter table tasks enable always trigger ${trigger}`],
  },
  {
    title: "what holds a reference, on a condition,",
    break: [
      `drop trigger ${trigger} on tasks`,
      `${hold} when (new.title <> '') execute function rowhouse.hold_reference('tasks_preset_id_fkey', 'organization_id')`,
    ],
    finding: /tasks: foreign key tasks_preset_id_fkey leaves organization_id out/,
  },
];
