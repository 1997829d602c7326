import type { FleetQuery } from '@sc/contracts';
import { decodeCursor, ProblemError } from '@sc/platform/http';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { refusals } from '../refusals.js';

/** The smallest first; what is unknown, last. */
const numbers: Record<Exclude<FleetQuery['sort'], 'name'>, RawBuilder<number>> = {
  worst: sql`-cardinality(problems)::float8`,
  // One that was never heard is no longer silent than all others: it has a problem of its own.
  'last-seen': sql`coalesce(extract(epoch from last_seen_at)::float8, 'infinity')`,
  battery: sql`coalesce(battery_percent::float8, 'infinity')`,
  signal: sql`coalesce(signal_percent::float8, 'infinity')`,
  losses: sql`-losses::float8`,
  'dead-letters': sql`-letters::float8`,
};

/** "C": the order of the bytes, the same on every machine, so that a cursor keeps its meaning. */
const byId = sql`id collate "C"`;

/** What a row is ordered by, as text: of numbers PostgreSQL's shortest exact spelling, which it reads as the same number. */
export const sortKey = (sort: FleetQuery['sort']): RawBuilder<string> =>
  sort === 'name' ? sql`name` : sql`(${numbers[sort]})::text`;

export const sortOrder = (sort: FleetQuery['sort']): RawBuilder<unknown> =>
  sort === 'name' ? sql`name collate "C", ${byId}` : sql`${numbers[sort]}, ${byId}`;

const cursorSchema = z.tuple([z.string(), z.string()]);

/** Rows behind the last one of the page before. @throws ProblemError `invalid-request` */
export function after(sort: FleetQuery['sort'], cursor: string): RawBuilder<boolean> {
  const parsed = cursorSchema.safeParse(decodeCursor(cursor, 2));
  if (!parsed.success || (sort !== 'name' && Number.isNaN(numberOf(parsed.data[0]))))
    throw new ProblemError('invalid-request', refusals.strangeCursor);
  const [key, id] = parsed.data;
  return sort === 'name'
    ? sql`(name collate "C", ${byId}) > (${key}, ${id})`
    : sql`(${numbers[sort]}, ${byId}) > (${key}::float8, ${id})`;
}

const numberOf = (text: string): number => (text === 'Infinity' ? Infinity : text === '' ? NaN : Number(text));
