import type { Table } from "../catalog/catalog.ts";
import type { Shape } from "./identity-shape.ts";
import { isSurrogate, snakeOf } from "./words.ts";

const ledgers =
  /^(_prisma_migrations|schema_migrations|ar_internal_metadata|knex_migrations(_lock)?|kysely_migration(_lock)?|migrations?|typeorm_metadata|sequelize_meta|flyway_schema_history|databasechangelog(lock)?|drizzle_migrations|goose_db_version|gorp_migrations|alembic_version|django_migrations|django_content_type|pgmigrations|schema_info|schema_version|schema_lock|mikro_orm_migrations|atlas_schema_revisions|spatial_ref_sys|geometry_columns)$/;

/** Schemas that a program keeps for itself, and what it begins the names of its tables with. */
const programs = /^(drizzle|graphile_worker|pgboss|pgmq|cron|hangfire|quartz|river|graphile_migrate)$/;
const programTables =
  /^(good_job|solid_(queue|cache|cable)|que_(jobs|lockers|values|scheduler)|oban|river_(job|leader|queue|client|notification|migration)|qrtz|django_(celery|q)|celery_|messenger_messages|sidekiq|hangfire|procrastinate|pgqueuer)s?(_|$)/;

/** Tables that a program keeps for itself: ledgers of migrations, queues, caches, locks. */
export function systemShape(table: Table): Shape | null {
  const columns = table.columns.map(({ name }) => snakeOf(name));
  const name = snakeOf(table.name);
  const raw = table.name.toLowerCase();
  if (
    ledgers.test(name) ||
    ledgers.test(raw) ||
    /migrations?(_lock|_history)?$/.test(name) ||
    (programs.test(table.schema) && table.foreignKeys.length < 9)
  )
    return { confidence: 0.97, reason: "A program's own: it keeps account of migrations or of work to do." };
  if (programTables.test(name))
    return {
      confidence: 0.9,
      reason: "A program's own: its name is that of a library that does work in the background.",
    };
  const queue = columns.filter((column) =>
    /^(attempts?|max_attempts|locked_at|locked_by|run_at|queue|queue_name|priority|scheduled_at|scheduled_for|available_at|reserved_at|handler|retry_count|claimed_at|finished_at|failed_at|job_class|active_job_id|next_run_at|worker|worker_id|state|last_error)$/.test(
      column,
    ),
  );
  if (queue.length >= 3 || (queue.length === 2 && /(job|queue|task_queue)s?$/.test(name)))
    return { confidence: 0.85, reason: `A queue of work: ${queue.slice(0, 4).join(", ")}.` };
  if (
    /_cache$/.test(name) ||
    /^(cache|caches|cache_locks|cache_entries|locks?|failed_jobs|job_batches|rate_limits?)$/.test(name)
  )
    return { confidence: 0.85, reason: "A program's own: a cache, a lock or a limit." };
  return null;
}

const person =
  /(^|_)(e?_?mail|ip|ip_address|user_agent|phone|user_name|username|actor|subject|recipient|session|visitor|device)(_|$)/;
/** Of people, rather than of a text about somebody. */
const contact =
  /^(.*_)?(e?_?mail|email_address|phone|phone_number|ip|ip_address|user_agent|fingerprint|visitor_token|device_id|birth_?date)$/;
const secret =
  /^(.*_)?(password|passwd|password_hash|password_digest|encrypted_password|access_token|refresh_token|id_token|token_hash|hashed_key|key_hash|private_key|api_key)$/;
const payload =
  /^(payload|data|body|message|content|context|params|event|event_type|event_data|properties|details|request|response|raw|meta|metadata)$/;
const moment =
  /(^|_)(created|inserted|occurred|logged|sent|received|processed|delivered|timestamp|time|at|on|date)(_|$)/;

/** What other tables say of one to which no owner leads. */
export interface Use {
  /** How many tables refer to its rows. */
  readonly referred: number;
  /** How many rows refer to one of its own, on average; null where it has none. */
  readonly perRow: number | null;
  /** It is a part of something that is no one's. */
  readonly shared: boolean;
  /** What it is a part of, where that is not decided. */
  readonly undecided: string | null;
  /** The table by which users are joined to its rows as to a conversation, which others may not see. */
  readonly joinedBy: string | null;
  /** The table by which owned rows are given words of it that anybody may have added, as tags are. */
  readonly wordsOf: string | null;
  /** What refers to it has no owner either, so that nothing shows it to be chosen from by those who use the application. */
  readonly isAlone: boolean;
  /** An owned table, or the users', to which some of its rows refer. */
  readonly touches: string | null;
  /** It has a type and an id that point to what nobody knows. */
  readonly isTyped: boolean;
}

/** Whether a table to which no owner leads is one that all share. */
export function lookupShape(table: Table, use: Use): Shape {
  const { referred, perRow, shared, isAlone } = use;
  const columns = table.columns.map(({ name }) => snakeOf(name));
  const some = (pattern: RegExp): boolean => columns.some((column) => pattern.test(column));
  const name = snakeOf(table.name);
  const byName = some(
    /^(code|key|slug|symbol|iso|iso_code|locale|name|title|currency|from_currency|base|hostname|domain|label|isin|data_source)$/,
  );
  const natural = !table.key.every(isSurrogate);
  const unique = table.indexes.some(
    (index) =>
      index.unique &&
      !index.primary &&
      index.columns.some((column) => column !== null && !/(stripe|paddle|external|customer)/.test(snakeOf(column))),
  );
  if (holdsFiles(table))
    return {
      confidence: 0.5,
      reason: "No way leads from it to a user, and it holds files, which are hardly everybody's.",
    };
  const closed = closedShape(table, use);
  if (closed !== null) return closed;
  if (referred > 0) {
    // Rows that are pointed to one by one may be somebody's pictures.
    const isMany = unique || natural || (byName && perRow !== 1 && !isAlone);
    const reason = `No way leads from it to a user, and ${referred === 1 ? "another table refers" : `${referred} tables refer`} to it`;
    return isMany
      ? { confidence: referred > 1 ? 0.9 : 0.85, reason: `${reason}: it is shared.` }
      : { confidence: 0.5, reason: `${reason}, but its rows may be those of one owner each.` };
  }
  if (shared && !some(person)) return { confidence: 0.78, reason: "It is a part of what is nobody's." };
  const grows = some(moment) && (some(payload) || some(person));
  if (
    /(^|_)(setting|\w*config|\w*configuration|option|flag|constant|system|site|instance|app_info|metadata|version_histor(y|ie)|propert(y|ie)|counter|sequence)s?($|_)/.test(
      name,
    ) &&
    !some(person)
  )
    return { confidence: 0.85, reason: "Settings of the whole application: no way leads from it to a user." };
  const isLog =
    /(log|event|outbox|audit|history|job|queue|message|submission|request|waitlist|subscriber|lead|contact|import|export|webhook)s?$/.test(
      name,
    );
  if ((byName || natural) && !grows && !isLog)
    return {
      confidence: 0.8,
      reason: "No way leads from it to a user, and it is kept by name or code as a lookup is.",
    };
  if (/(^|_)(countr(y|ie)|currenc(y|ie)|language|time_?zone|locale|holiday|continent)s?$/.test(name) && !some(person))
    return { confidence: 0.75, reason: "No way leads from it to a user, and it is called as lookups are." };
  return {
    confidence: grows || isLog ? 0.4 : 0.5,
    reason: "No way leads from it to a user, and it does not look like a lookup.",
  };
}

/** What speaks against letting everybody read it, whatever its name. */
function closedShape(table: Table, { referred, undecided, joinedBy, wordsOf, touches, isTyped }: Use): Shape | null {
  const some = (pattern: RegExp): boolean => table.columns.some(({ name }) => pattern.test(snakeOf(name)));
  const like = (confidence: number, reason: string): Shape => ({ confidence, reason });
  if (some(secret))
    return like(0.5, "No way leads from it to a user, and it holds secrets, which nobody else may read.");
  if (undecided !== null) return like(0.5, `It is a part of ${undecided}, of which it is not decided whose it is.`);
  if (joinedBy !== null)
    return like(0.5, `Users are joined to it by ${joinedBy}: some share a row of it, and the others may not see it.`);
  if (isTyped) return like(0.5, "A type and an id say what it belongs to, and no row shows which tables they mean.");
  if (touches !== null && table.key.every(isSurrogate))
    return like(0.55, `Some of its rows refer to ${touches}, and no way leads from all of them to an owner.`);
  if ((referred > 0 && some(contact)) || table.key.some((column) => contact.test(snakeOf(column))))
    return like(0.5, "No way leads from it to a user, though it tells of people, whom hardly everybody may see.");
  return wordsOf !== null && table.key.every(isSurrogate)
    ? like(
        0.6,
        `Rows of every owner are given words of it by ${wordsOf}. Where those who use the application add to it, tenants that may only read it cannot, and all see each other's words.`,
      )
    : null;
}

/** Rows that are files, each stored for itself: where a hash or an address is unique, equal ones are stored once and shared. */
export function holdsFiles(table: Table): boolean {
  const isFile = table.columns.some(({ name }) =>
    /(^|_)(filename|file_name|byte_size|file_size|mime_type|content_type|storage_key|checksum|storage_path|s3_key|object_key)$/.test(
      snakeOf(name),
    ),
  );
  const isShared = table.indexes.some(
    (index) =>
      index.unique &&
      index.columns.length === 1 &&
      /(^|_)(hash|sha1|sha256|digest|checksum|url|md5)$/.test(snakeOf(index.columns[0] ?? "")),
  );
  return isFile && !isShared;
}
