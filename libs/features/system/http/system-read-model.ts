import { Inject, Injectable, Optional } from '@nestjs/common';
import { healthSchema, type ProcessKind, processFiguresSchema, type ProcessReport, type System } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { Backlog } from '../backlog.js';
import { PROCESS_KIND, reportEveryMs } from '../process-reporter.js';

/** Three reports are missing: it is not a slow moment any more. */
const silentAfterSeconds = (3 * reportEveryMs) / 1000;
/** A silent process of a kind that has a younger one is history after this; before, somebody should see that it fell silent. */
const historyAfterSeconds = 600;
/** Consoles of several administrators ask together; one look at the tables answers them all. */
const reuseMs = 1000;
const mostProcesses = 200;

/** What a deployment consists of, by what the process that is asked is itself. */
const needed: Record<ProcessKind, readonly ProcessKind[]> = {
  community: ['community'],
  gateway: ['sensing', 'dispatch', 'gateway'],
  sensing: [],
  dispatch: [],
};

@Injectable()
export class SystemReadModel {
  private latest: Promise<System> | undefined;

  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly backlog: Backlog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(PROCESS_KIND) private readonly kind?: ProcessKind,
  ) {}

  /** @throws when PostgreSQL is away: then there is nothing to say about anybody */
  read(): Promise<System> {
    if (!this.latest) {
      this.latest = this.readNow();
      const forget = () => (this.latest = undefined);
      this.latest.then(() => setTimeout(forget, reuseMs).unref(), forget);
    }
    return this.latest;
  }

  private async readNow(): Promise<System> {
    const [rows, backlog] = await Promise.all([this.rows(), this.backlog.read()]);
    const processes = rows.map(toReport);
    const seen = new Set(processes.map(({ kind }) => kind));
    const kinds = this.kind ? needed[this.kind] : [];
    return {
      at: (rows[0]?.now ?? new Date(this.clock.now())).toISOString(),
      processes: processes.filter((one) => !isHistory(one, processes)),
      missing: kinds.filter((kind) => !seen.has(kind)),
      backlog,
    };
  }

  private rows() {
    return this.db
      .selectFrom('processReports')
      .selectAll()
      .select([
        sql<Date>`now()`.as('now'),
        sql<number>`greatest(0, extract(epoch from now() - reported_at))::float8`.as('ageSeconds'),
      ])
      .orderBy('reportedAt', 'desc')
      .limit(mostProcesses)
      .execute();
  }
}

function toReport(row: Row<'processReports'> & { ageSeconds: number }): ProcessReport {
  const { instance, kind, host, version, startedAt, reportedAt, stoppedAt, report, ageSeconds } = row;
  return {
    instance,
    kind,
    host,
    version,
    startedAt: startedAt.toISOString(),
    reportedAt: reportedAt.toISOString(),
    ageSeconds,
    state: stoppedAt ? 'stopped' : ageSeconds > silentAfterSeconds ? 'silent' : 'reporting',
    // Another version may have written it.
    health: healthSchema.safeParse(report['health']).data ?? null,
    figures: processFiguresSchema.safeParse(report['figures']).data ?? null,
  };
}

/** Its place was taken: by one that started on the same machine after its last word, or, some time later, by any of its kind. */
function isHistory(one: ProcessReport, all: readonly ProcessReport[]): boolean {
  if (one.state === 'reporting') return false;
  return all.some(
    (other) =>
      other.kind === one.kind &&
      other.state === 'reporting' &&
      ((other.host === one.host && other.startedAt > one.reportedAt) || one.ageSeconds > historyAfterSeconds),
  );
}
