import { createHash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type AuditAction, type AuditSubject, type DomainEvent, type JobRequest } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Kysely, sql, type Transaction as KyselyTransaction } from 'kysely';
import { json } from './connection.js';
import { send } from './pipelining.js';
import { prepared } from './prepared.js';
import type { Database } from './schema.js';
import { DATABASE, URGENT_DATABASE } from './tokens.js';

export type Actor = { kind: 'person' | 'device' | 'system'; id: string };

/** As it is kept: also what an older program wrote. */
export interface KeptAuditRecord {
  actor: Actor;
  action: string;
  subjectType: string;
  subjectId: string;
  /** What changed, kept as the JSON of it (a Date becomes its ISO string). Never secrets, never more personal data than an id. */
  change: Record<string, unknown>;
}

/** As it is written: what may happen stands in libs/contracts/audit-actions.ts, so that the console has words for all of it. */
export interface AuditRecord extends KeptAuditRecord {
  action: AuditAction;
  subjectType: AuditSubject;
}

/** One transaction: changes through `db`, and what must become true together with them. */
export interface Transaction {
  readonly db: KyselyTransaction<Database>;
  /** Writes the event to the outbox when, and only when, this transaction commits (P5). */
  emit(event: DomainEvent): void;
  /** Writes to the hash-chained audit trail in the same commit (P9). */
  audit(record: AuditRecord): void;
  /** Asks for work later, in the same commit. (name, subject) is the identity: asking twice is asking once. */
  schedule(job: JobRequest): void;
}

/**
 * Held from the first outbox or audit row of a transaction to its commit, so that positions become visible in the
 * order of the numbers: a reader who has seen position n never finds a smaller one later. Taken last, therefore never
 * held while waiting for a row lock.
 */
const commitOrderLock = 7_241_935;

export const genesisHash = Buffer.alloc(32);

/** The bytes an audit entry's hash covers, after the previous hash. Keys in a fixed order: JSON of an array. */
export function auditHash(previous: Buffer, sequence: number, at: Date, record: KeptAuditRecord): Buffer {
  const body = JSON.stringify([
    sequence,
    at.toISOString(),
    record.actor.kind,
    record.actor.id,
    record.action,
    record.subjectType,
    record.subjectId,
    canonical(record.change),
  ]);
  return createHash('sha256').update(previous).update(body).digest();
}

/** jsonb does not keep the order of keys, so the hash sorts them. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => [k, canonical(v)]);
}

/** What jsonb gives back for a value, so that the hash covers what a verifier will read. @throws TypeError for what JSON cannot hold */
const asStored = (change: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(change)) as Record<string, unknown>;

type CommitListener = (facts: { events: number; jobs: number }) => void;

/** The one way to change state. */
@Injectable()
export class UnitOfWork {
  private readonly listeners = new Set<CommitListener>();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Optional() @Inject(URGENT_DATABASE) private readonly urgent: Kysely<Database> = database,
  ) {}

  /** Called after each commit that wrote events or jobs: only a hint to look, nothing may rest on it. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Runs `work` in one transaction. It may be run again by the caller after a transient error, so it must not have
   * effects outside the transaction.
   * @throws whatever `work` or the commit throws; then nothing was changed
   */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.runOn(this.database, work);
  }

  /** As `run`, on connections that reports, people and dispatch cannot use up. For the batches of sensing alone. */
  runUrgent<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.runOn(this.urgent, work);
  }

  private async runOn<T>(database: Kysely<Database>, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const events: DomainEvent[] = [];
    const audits: AuditRecord[] = [];
    const jobs: JobRequest[] = [];
    const result = await database.transaction().execute(async (db) => {
      const value = await work({
        db,
        emit: (event) => events.push(event),
        audit: (record) => audits.push({ ...record, change: asStored(record.change) }),
        schedule: (job) => jobs.push(job),
      });
      if (jobs.length) await this.insertJobs(db, jobs);
      if (events.length || audits.length) {
        await this.writeInTurn(db, events, audits);
      }
      return value;
    });
    if (events.length || jobs.length)
      for (const listener of this.listeners) listener({ events: events.length, jobs: jobs.length });
    return result;
  }

  /** Rows travel as one parameter whatever their number: PostgreSQL takes at most 65,535 of them. */
  private async insertJobs(db: KyselyTransaction<Database>, jobs: readonly JobRequest[]): Promise<void> {
    const now = this.clock.now();
    const rows = jobs.map(({ name, subject, payload, dueAt = now, urgent = false, together = false }) => ({
      id: this.ids.next(),
      name,
      subject,
      payload,
      due_at: iso(dueAt),
      state: 'pending',
      attempts: 0,
      created_at: iso(now),
      urgent,
      bundle: together ? bundleOf(`${name} ${urgent} ${dueAt}`) : null,
    }));
    const insertion = sql`
      insert into jobs select * from jsonb_populate_recordset(null::jobs, ${json(rows)}::jsonb)
      on conflict (name, subject) do nothing`;
    await send(db, prepared(insertion.compile(db)));
  }

  /** One statement to wait for the turn, one to write, with COMMIT right behind it: until then everybody else waits. */
  private async writeInTurn(
    db: KyselyTransaction<Database>,
    events: readonly DomainEvent[],
    audits: readonly AuditRecord[],
  ): Promise<void> {
    const turn = sql<AuditEnd>`select sequence, hash from take_commit_turn(${commitOrderLock})`;
    const { rows } = await db.executeQuery(prepared(turn.compile(db)));
    const at = new Date(this.clock.now());
    const entries = chain(rows[0], at, audits);
    const outbox = events.map(({ type, payload, areaId, subjectId, personId }) => ({
      id: this.ids.next(),
      type,
      payload,
      area_id: areaId,
      subject_id: subjectId,
      person_id: personId ?? null,
      occurred_at: at.toISOString(),
    }));
    const writing = sql`
      with entries as (
        insert into audit_trail select * from jsonb_populate_recordset(null::audit_trail, ${json(entries)}::jsonb)
      )
      insert into outbox (id, type, payload, area_id, subject_id, person_id, occurred_at)
      select (event ->> 'id')::uuid, event ->> 'type', event -> 'payload', event ->> 'area_id',
        event ->> 'subject_id', (event ->> 'person_id')::uuid, (event ->> 'occurred_at')::timestamptz
      from jsonb_array_elements(${json(outbox)}::jsonb) with ordinality as told (event, place)
      order by place`;
    await send(db, prepared(writing.compile(db)));
  }
}

/** The same for all who ask, in whatever process: a UUID made of a name (RFC 9562, version 8). */
function bundleOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const iso = (ms: number): string => new Date(ms).toISOString();

interface AuditEnd {
  sequence: number | null;
  hash: Buffer | null;
}

/** Rows of the audit trail, each with the hash of the one before. */
function chain(end: AuditEnd | undefined, at: Date, audits: readonly AuditRecord[]) {
  let sequence = end?.sequence ?? 0;
  let previous = end?.hash ?? genesisHash;
  return audits.map((record) => {
    sequence += 1;
    const hash = auditHash(previous, sequence, at, record);
    const row = {
      sequence,
      at: at.toISOString(),
      actor_kind: record.actor.kind,
      actor_id: record.actor.id,
      action: record.action,
      subject_type: record.subjectType,
      subject_id: record.subjectId,
      change: record.change,
      previous_hash: bytea(previous),
      hash: bytea(hash),
    };
    previous = hash;
    return row;
  });
}

const bytea = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;
