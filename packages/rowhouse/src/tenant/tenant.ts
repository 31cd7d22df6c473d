import { type Kysely, sql, type ColumnType } from "kysely";
import type { Permissions } from "../access/permissions.ts";
import { isAtLeast, type Role } from "../access/roles.ts";
import type { Context } from "../database/context.ts";
import { openKyselyIn, openScopedKysely } from "../database/scoped-kysely.ts";
import type { Prelude } from "../database/scoped-statement.ts";
import type { Pool } from "../database/pool.ts";
import { RowhouseError } from "../errors.ts";
import type { Organization } from "./organization.ts";
import type { Actor } from "./actor.ts";
import { auditStatement, type AuditEvent, type RequestOrigin } from "./audit-event.ts";
import { rememberConnections, type RunningTransaction, type TenantConnections } from "./connections-of.ts";
import { ScopeCompiler } from "./scope-compiler.ts";
import type { Scope } from "./scope.ts";
import type { TableScopes } from "./table-scopes.ts";
import { TransactionLife } from "./transaction-life.ts";

/** Tables as a tenant may write them: `organizationId` is the scope's to set, so it can be read and never written. */
export type TenantTables<DB> = {
  [T in keyof DB]: DB[T] extends { organizationId: infer C }
    ? Omit<DB[T], "organizationId"> & { organizationId: ColumnType<Readable<C>, never, never> }
    : DB[T] extends { organization_id: infer C }
      ? Omit<DB[T], "organization_id"> & { organization_id: ColumnType<Readable<C>, never, never> }
      : DB[T];
};

type Readable<C> = C extends { readonly __select__: infer Select } ? Select : C;

/** What may be built on a tenant handle: queries. Connections, plugins, schema changes and raw transactions are not there. */
export type TenantQueries<DB> = Pick<
  Kysely<TenantTables<DB>>,
  | "selectFrom"
  | "selectNoFrom"
  | "insertInto"
  | "updateTable"
  | "deleteFrom"
  | "with"
  | "withRecursive"
  | "fn"
  | "dynamic"
  | "case"
  | "getExecutor"
>;

/** An organization, who acts in it, and a database handle bound to both. */
export interface Tenant<DB, P extends string = string> {
  readonly organization: Organization;
  readonly actor: Actor;
  /** Read from the membership when the scope was opened. */
  readonly role: Role;
  /** Every statement is bound to the organization, by its text and by row security, in one round trip. */
  readonly db: TenantQueries<DB>;
  can(permission: P): boolean;
  /** @throws RowhouseError FORBIDDEN */
  assertCan(permission: P): void;
  /** All that {@link can} says yes to, in the order of the table. */
  permissions(): readonly string[];
  /** Whether somebody may get this role from here: none above one's own, and from an API key none with more than the key has. */
  canGive(role: Role): boolean;
  /**
   * Writes an audit event with the transaction that this handle belongs to: both commit, or neither. It travels with the
   * COMMIT and costs no round trip.
   *
   * @throws RowhouseError NO_TRANSACTION outside of {@link Tenant.transaction}
   */
  record(event: AuditEvent): void;
  /**
   * All or nothing. BEGIN and the context travel with the first statement; without one nothing is sent. Inside of a
   * transaction it makes a savepoint.
   */
  transaction<T>(work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T>;
}

export interface TenantParts<P extends string> {
  readonly organization: Organization;
  readonly actor: Actor;
  readonly role: Role;
  readonly permissions: Permissions<P>;
  /** Narrows the role to these: the scopes of an API key, the permissions of a job. */
  readonly granted?: ReadonlySet<string> | undefined;
  readonly origin: RequestOrigin;
}

interface TenantOpening {
  readonly pool: Pool;
  readonly scope: Scope;
  readonly scopes: TableScopes;
  readonly signal: AbortSignal | undefined;
  /** Throws where another tenant's scope is open. */
  readonly assertHere: () => void;
}

interface BoundParts<P extends string> extends TenantParts<P> {
  readonly connections: TenantConnections;
  readonly compiler: ScopeCompiler;
}

/** Binds a new handle to a scope. Cheap: nothing is sent, no connection is taken. */
export function openTenant<DB, P extends string>(parts: TenantParts<P>, opening: TenantOpening): Tenant<DB, P> {
  const { pool, scope, scopes, signal, assertHere } = opening;
  const { organizationId, userId, actor } = scope;
  const context: Context = Object.freeze({ organizationId, userId, actor, role: parts.role });
  const assertOpen = (): void => {
    scope.assertOpen();
    assertHere();
  };
  const binding = { context, signal, assertOpen };
  const compiler = new ScopeCompiler(scopes, organizationId);
  const connections = { pool, scope, scopes, binding };
  return new BoundTenant<DB, P>(
    { ...parts, connections, compiler },
    openScopedKysely<TenantTables<DB>>({ pool, binding, compiler }),
  );
}

class BoundTenant<DB, P extends string> implements Tenant<DB, P> {
  readonly organization: Organization;
  readonly actor: Actor;
  readonly role: Role;
  readonly db: TenantQueries<DB>;
  readonly #parts: BoundParts<P>;
  readonly #kysely: Kysely<TenantTables<DB>>;
  readonly #life: TransactionLife | undefined;

  constructor(parts: BoundParts<P>, kysely: Kysely<TenantTables<DB>>, transaction?: RunningTransaction) {
    this.#parts = parts;
    this.#kysely = kysely;
    this.#life = transaction?.life;
    this.organization = parts.organization;
    this.actor = parts.actor;
    this.role = parts.role;
    this.db = kysely;
    rememberConnections(this, transaction ? { ...parts.connections, transaction } : parts.connections);
  }

  can(permission: P): boolean {
    const { permissions, granted } = this.#parts;
    return permissions.can(this.role, permission) && (granted === undefined || granted.has(permission));
  }

  assertCan(permission: P): void {
    if (this.can(permission)) return;
    const { permissions } = this.#parts;
    const who = permissions.can(this.role, permission) ? `This ${this.actor.kind}` : `The role ${this.role}`;
    throw new RowhouseError("FORBIDDEN", `${who} does not have the permission ${permission}.`);
  }

  permissions(): readonly string[] {
    return this.#parts.permissions.all.filter((permission) => this.can(permission));
  }

  canGive(role: Role): boolean {
    if (!isAtLeast(this.role, role)) return false;
    const { permissions, granted } = this.#parts;
    return granted === undefined || permissions.of(role).every((permission) => granted.has(permission));
  }

  record(event: AuditEvent): void {
    if (this.#life === undefined) {
      throw new RowhouseError(
        "NO_TRANSACTION",
        "An audit event is written with the change it tells of: use tenant.transaction.",
      );
    }
    if (this.#life.isOver) {
      throw new RowhouseError(
        "SCOPE_CLOSED",
        "An audit event came after the end of its transaction. Await everything inside of it.",
      );
    }
    this.#life.events.push(event);
  }

  async transaction<T>(work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    if (this.#life !== undefined) return this.#savepoint(this.#life, work);
    const { pool, binding } = this.#parts.connections;
    binding.assertOpen();
    const life = new TransactionLife();
    const connection = await pool.acquire();
    try {
      connection.announceTransaction("begin");
      const result = await work(this.#within({ connection, life, binding: life.bind(binding) }));
      life.assertWhole();
      const events = life.events.map((event) => this.#toStatement(event));
      await connection.commit(binding, events);
      return result;
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      life.isOver = true;
      connection.release();
    }
  }

  async #savepoint<T>(life: TransactionLife, work: (tenant: Tenant<DB, P>) => Promise<T>): Promise<T> {
    // A name a depth: ROLLBACK TO keeps its savepoint, which would stand in the way of an outer one of the same name.
    const name = sql.id(`rowhouse_${(life.depth += 1)}`);
    const eventsBefore = life.events.length;
    try {
      await sql`savepoint ${name}`.execute(this.#kysely);
      const result = await work(this);
      await sql`release savepoint ${name}`.execute(this.#kysely);
      return result;
    } catch (error) {
      life.events.length = eventsBefore;
      await sql`rollback to savepoint ${name}`.execute(this.#kysely);
      throw error;
    } finally {
      life.depth -= 1;
    }
  }

  #toStatement(event: AuditEvent): Prelude {
    const { organization, actor, origin } = this.#parts;
    return auditStatement(event, { organizationId: organization.id, actor, origin });
  }

  #within(transaction: RunningTransaction): Tenant<DB, P> {
    const { connections, compiler } = this.#parts;
    const { connection, binding } = transaction;
    const kysely = openKyselyIn<TenantTables<DB>>(connection, { pool: connections.pool, binding, compiler });
    return new BoundTenant(this.#parts, kysely, transaction);
  }
}
