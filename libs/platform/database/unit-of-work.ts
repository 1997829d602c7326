import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type DomainEvent, type JobRequest } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Kysely, sql, type Transaction as KyselyTransaction } from 'kysely';
import { json } from './connection.js';
import type { Database } from './schema.js';
import { DATABASE } from './tokens.js';

export type Actor = { kind: 'person' | 'device' | 'system'; id: string };

export interface AuditRecord {
  actor: Actor;
  /** For example `device.secret-rotated`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** What changed, kept as the JSON of it (a Date becomes its ISO string). Never secrets, never more personal data than an id. */
  change: Record<string, unknown>;
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
export function auditHash(previous: Buffer, sequence: number, at: Date, record: AuditRecord): Buffer {
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

/** PostgreSQL takes at most 65,535 parameters in a statement. */
const rowsPerStatement = 1000;

function* chunksOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

type CommitListener = (facts: { events: number; jobs: number }) => void;

/** The one way to change state. */
@Injectable()
export class UnitOfWork {
  private readonly listeners = new Set<CommitListener>();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
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
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const events: DomainEvent[] = [];
    const audits: AuditRecord[] = [];
    const jobs: JobRequest[] = [];
    const result = await this.database.transaction().execute(async (db) => {
      const value = await work({
        db,
        emit: (event) => events.push(event),
        audit: (record) => audits.push({ ...record, change: asStored(record.change) }),
        schedule: (job) => jobs.push(job),
      });
      if (jobs.length) await this.insertJobs(db, jobs);
      if (events.length || audits.length) {
        await sql`select pg_advisory_xact_lock(${commitOrderLock})`.execute(db);
        if (audits.length) await this.insertAudits(db, audits);
        if (events.length) await this.insertEvents(db, events);
      }
      return value;
    });
    if (events.length || jobs.length)
      for (const listener of this.listeners) listener({ events: events.length, jobs: jobs.length });
    return result;
  }

  private async insertJobs(db: KyselyTransaction<Database>, jobs: JobRequest[]): Promise<void> {
    const now = this.clock.now();
    for (const part of chunksOf(jobs)) {
      await db
        .insertInto('jobs')
        .values(
          part.map((job) => ({
            id: this.ids.next(),
            name: job.name,
            subject: job.subject,
            payload: json(job.payload),
            dueAt: new Date(job.dueAt ?? now),
            state: 'pending' as const,
            createdAt: new Date(now),
            urgent: job.urgent ?? false,
          })),
        )
        .onConflict((conflict) => conflict.columns(['name', 'subject']).doNothing())
        .execute();
    }
  }

  private async insertEvents(db: KyselyTransaction<Database>, events: DomainEvent[]): Promise<void> {
    const occurredAt = new Date(this.clock.now());
    for (const part of chunksOf(events)) {
      await db
        .insertInto('outbox')
        .values(
          part.map((event) => ({
            id: this.ids.next(),
            type: event.type,
            payload: json(event.payload),
            areaId: event.areaId,
            subjectId: event.subjectId,
            personId: event.personId ?? null,
            occurredAt,
          })),
        )
        .execute();
    }
  }

  private async insertAudits(db: KyselyTransaction<Database>, audits: AuditRecord[]): Promise<void> {
    const last = await db
      .selectFrom('auditTrail')
      .select(['sequence', 'hash'])
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    const at = new Date(this.clock.now());
    let sequence = last?.sequence ?? 0;
    let previousHash = last?.hash ?? genesisHash;
    const rows = audits.map((record) => {
      sequence += 1;
      const hash = auditHash(previousHash, sequence, at, record);
      const row = {
        sequence,
        at,
        actorKind: record.actor.kind,
        actorId: record.actor.id,
        action: record.action,
        subjectType: record.subjectType,
        subjectId: record.subjectId,
        change: json(record.change),
        previousHash,
        hash,
      };
      previousHash = hash;
      return row;
    });
    for (const part of chunksOf(rows)) await db.insertInto('auditTrail').values(part).execute();
  }
}
