import type pg from "pg";
import { RowhouseError } from "rowhouse";

/** The three entries of metadata that say whose an object of Stripe is; null where it had none. */
export interface OwnerMetadata {
  readonly organization_id: string | null;
  readonly organization_slug: string | null;
  readonly user_id: string | null;
}

/**
 * `planned` is on its way, also after a kill; `skipped` was never told to Stripe; `missing` is deleted or unknown there; `failed` was refused
 * there; `restored` was taken back.
 */
export type CustomerState = "planned" | "skipped" | "moved" | "missing" | "failed" | "restored";

export interface MovedCustomer {
  readonly customer: string;
  readonly organization: string;
  readonly slug: string;
  /** The key of the user, as text; null where a team was the customer. */
  readonly userKey: string | null;
  readonly state: CustomerState;
  /** By the id of the customer and of each subscription: what the metadata was before we wrote to it. */
  readonly previous: Readonly<Record<string, OwnerMetadata>>;
}

/** Which organization has which customer, and how far each is. */
export async function makeCustomersTable(db: pg.Pool): Promise<void> {
  await db.query(`create schema if not exists rowhouse_convert;
    create table if not exists rowhouse_convert.stripe_customers (
      customer_id text primary key,
      organization_id uuid not null unique,
      user_key text,
      state text not null check (state in ('planned', 'skipped', 'moved', 'missing', 'failed', 'restored')),
      previous jsonb not null default '{}',
      moved_at timestamptz
    )`);
}

export async function hasCustomersTable(db: pg.Pool): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    "select pg_catalog.to_regclass('rowhouse_convert.stripe_customers') is not null as found",
  );
  return rows[0]?.found === true;
}

export async function listCustomers(db: pg.Pool): Promise<readonly MovedCustomer[]> {
  const { rows } = await db.query<MovedCustomer>(
    `select c.customer_id as customer, c.organization_id as organization, o.slug, c.user_key as "userKey", c.state, c.previous
     from rowhouse_convert.stripe_customers c join rowhouse.organizations o on o.id = c.organization_id order by c.customer_id`,
  );
  return rows;
}

/** What is on its way or done keeps its state. What was chosen otherwise before and has not been told to Stripe makes room. */
export async function planCustomers(
  db: pg.Pool,
  customers: readonly { readonly customer: string; readonly organization: string; readonly userKey: string | null }[],
): Promise<void> {
  const columns = [
    customers.map(({ customer }) => customer),
    customers.map(({ organization }) => organization),
    customers.map(({ userKey }) => userKey),
  ];
  const { rows: others } = await db.query<{ customer: string; slug: string }>(movedOtherwise, columns);
  if (others.length > 0)
    throw new RowhouseError(
      "CONFLICT",
      `Stripe has been told of ${others.map(({ customer, slug }) => `${slug}=${customer}`).join(", ")}, and now it is chosen otherwise. Give --rollback first, then choose again.`,
    );
  await db.query(planning, columns);
}

export async function recordState(db: pg.Pool, customer: string, state: CustomerState): Promise<void> {
  await db.query(
    `update rowhouse_convert.stripe_customers set state = $2, moved_at = case when $2 = 'moved' then now() end where customer_id = $1`,
    [customer, state],
  );
}

/** Those that Stripe has not been told of, and will not be by this run. */
export async function recordSkipped(db: pg.Pool): Promise<void> {
  await db.query(
    "update rowhouse_convert.stripe_customers set state = 'skipped' where state = 'planned' and previous = '{}'",
  );
}

/** Before anything is written to Stripe; what was kept first stays, since it is the older. */
export async function keepPrevious(db: pg.Pool, customer: string, previous: MovedCustomer["previous"]): Promise<void> {
  await db.query(
    "update rowhouse_convert.stripe_customers set previous = $2::jsonb || previous where customer_id = $1",
    [customer, JSON.stringify(previous)],
  );
}

export async function recordRestored(db: pg.Pool, customer: string): Promise<void> {
  await db.query(
    `update rowhouse_convert.stripe_customers set state = 'restored', previous = '{}', moved_at = null where customer_id = $1`,
    [customer],
  );
}

const wanted =
  "with wanted as (select * from unnest($1::text[], $2::uuid[], $3::text[]) as w (customer_id, organization_id, user_key))";

const movedOtherwise = `${wanted}
  select distinct c.customer_id as customer, o.slug from wanted w
  join rowhouse_convert.stripe_customers c on (c.customer_id = w.customer_id) <> (c.organization_id = w.organization_id)
  join rowhouse.organizations o on o.id = c.organization_id where c.previous <> '{}' order by 1`;

const planning = `${wanted},
    room as (delete from rowhouse_convert.stripe_customers c using wanted w
      where (c.customer_id = w.customer_id) <> (c.organization_id = w.organization_id) and c.previous = '{}' returning 1)
  insert into rowhouse_convert.stripe_customers (customer_id, organization_id, user_key, state)
  select customer_id, organization_id, user_key, 'planned' from wanted, (select count(*) from room) as after
  on conflict (customer_id) do update set state = 'planned'
    where stripe_customers.state in ('skipped', 'restored', 'failed', 'missing')`;
