import type { Logger } from '@sc/platform/logging';
import { stat } from 'node:fs/promises';
import type { CommitQueue } from './commit-queue.js';
import { closedReadings, compactSlice, SLICE_READINGS } from './duckdb-compaction.js';
import type { DuckDbFile } from './duckdb-file.js';
import { expireSlice } from './duckdb-retention.js';
import type { DuckDbSession } from './duckdb-session.js';
import { floorTo, HOUR_MS } from './roll-up-spans.js';
import type { Maintenance, MaintenanceStep, TimeSeriesUsage } from './time-series-life.js';

/** What is younger may still get late readings; they would do no harm, but each costs one more row of a roll-up. */
const OPEN_MS = HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** The upkeep of the file: closed readings into order and roll-ups, expired ones out, freed blocks back into use. */
export class DuckDbLife {
  /** The last day at whose end everything before it was compacted. */
  private dayDone = Number.NEGATIVE_INFINITY;
  private busy = false;
  private folding = false;

  constructor(
    private readonly file: DuckDbFile,
    private readonly commits: CommitQueue,
    private readonly sliceReadings = SLICE_READINGS,
    private readonly logger?: Logger,
  ) {}

  /** Whenever a slice is full, and the rest once a day: many small slices would be many small heaps. */
  compact(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    const { now } = maintenance;
    return this.alone(maintenance, async (session) => {
      const today = floorTo(now, DAY_MS);
      const closedBefore = floorTo(now - OPEN_MS, HOUR_MS);
      const closed = await closedReadings(session, closedBefore, this.sliceReadings);
      const due = closed && (closed.readings >= this.sliceReadings || (this.dayDone < today && closed.oldest < today));
      const step = due ? await compactSlice(session, closed.sliceEnd) : undefined;
      // What comes late after that waits for tomorrow, or the day would never end.
      if (!closed || closed.readings <= this.sliceReadings) this.dayDone = today;
      return step;
    });
  }

  expire(maintenance: Maintenance): Promise<MaintenanceStep | undefined> {
    return this.alone(maintenance, (session) => expireSlice(session, maintenance));
  }

  usage(): Promise<TimeSeriesUsage> {
    return this.file.with(async (session) => {
      // DuckDB counts a whole table by its blocks, without reading them.
      const counts = await session.ask(`select (select count(*) from readings) + (select count(*) from history),
        (select count(*) from rollup_1m) + (select count(*) from rollup_1h)`);
      const blocks = await session.ask(
        'select (used_blocks * block_size)::double from pragma_database_size() where database_name = current_database()',
      );
      const memory = await session.ask('select sum(memory_usage_bytes)::double from duckdb_memory()');
      return {
        readings: Number(counts.value(0, 0)),
        rollUps: Number(counts.value(1, 0)),
        fileBytes: (await bytesOf(session.file)) + (await bytesOf(`${session.file}.wal`)),
        usedBytes: blocks.value(0, 0) as number,
        memoryBytes: memory.value(0, 0) as number,
      };
    });
  }

  /** One at a time: they share a connection. */
  private async alone(
    { signal }: Maintenance,
    work: (session: DuckDbSession) => Promise<MaintenanceStep | undefined>,
  ): Promise<MaintenanceStep | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    try {
      return await this.file.with(async (session) => {
        // Again and again: DuckDB forgets an interrupt that comes between two statements.
        const timer = setInterval(() => signal?.aborted && session.interruptMaintenance(), 50);
        const step = await work(session).finally(() => clearInterval(timer));
        if (step) await this.reclaim(session);
        return step;
      });
    } finally {
      this.busy = false;
    }
  }

  /** After a commit: folds a log that has grown long into the file. While readings are compacted the step after that does it. */
  async fold(session: DuckDbSession): Promise<void> {
    if (this.busy || this.folding) return;
    this.folding = true;
    try {
      if (await session.isLogLong()) await this.reclaim(session);
    } finally {
      this.folding = false;
    }
  }

  /** A checkpoint makes the blocks of moved and deleted rows free; while another transaction writes it would be refused. */
  private async reclaim(session: DuckDbSession): Promise<void> {
    try {
      await this.commits.between(() => session.checkpoint());
    } catch (error) {
      this.logger?.warn({ error: String(error) }, 'time series not checkpointed, the next step will');
    }
  }
}

async function bytesOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
