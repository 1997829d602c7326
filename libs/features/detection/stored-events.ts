import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import type { EventInput } from './types.js';

const page = 5000;

interface EventRow {
  deviceId: string;
  domain: string;
  type: string;
  ts: Date;
  eventKey: string;
  data: Record<string, unknown>;
}

/** What of the stored events is wanted. */
interface Only {
  deviceIds: readonly string[];
  /** Exclusive, ms. */
  to: number;
}

/** Events of registered devices from `from` on in order of time, a page at a time. */
export class StoredEvents {
  private waiting: EventInput[] = [];
  private after: { ts: Date; deviceId: string; eventKey: string } | undefined;
  private exhausted = false;

  constructor(
    private readonly db: Kysely<Database>,
    private readonly from: number,
    private readonly now: number,
    private readonly only?: Only,
  ) {}

  /** Those not given out yet, up to `ts` inclusive. */
  async until(ts: number): Promise<EventInput[]> {
    while (!this.exhausted && (this.waiting.at(-1)?.ts ?? 0) <= ts) await this.load();
    const end = this.waiting.findIndex((event) => event.ts > ts);
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }

  /** The next page; empty at the end. */
  async next(): Promise<EventInput[]> {
    if (this.waiting.length === 0 && !this.exhausted) await this.load();
    return this.waiting.splice(0);
  }

  private async load(): Promise<void> {
    let select = registered(this.db)
      .select(['deviceEvents.deviceId', 'devices.domain', 'deviceEvents.type', 'ts', 'eventKey', 'data'])
      .where('ts', '>=', new Date(this.from))
      .$if(this.only !== undefined, (select) =>
        select
          .where('ts', '<', new Date(this.only!.to))
          .where(sql<boolean>`device_events.device_id = any(${this.only!.deviceIds})`),
      );
    if (this.after) {
      const { ts, deviceId, eventKey } = this.after;
      select = select.where(
        sql<boolean>`(ts, device_id, event_key) > (${ts}::timestamptz, ${deviceId}::text, ${eventKey}::text)`,
      );
    }
    const rows = await select.orderBy('ts').orderBy('deviceId').orderBy('eventKey').limit(page).execute();
    this.after = rows.at(-1);
    this.exhausted = rows.length < page;
    this.waiting.push(...rows.map((row) => toInput(row, this.now)));
  }
}

/** Of each device, or each of these, the newest event of each type, of those before `before`. */
export async function newestEvents(
  db: Kysely<Database>,
  before: number,
  now: number,
  deviceIds?: readonly string[],
): Promise<EventInput[]> {
  const rows = await registered(db)
    .distinctOn(['deviceEvents.deviceId', 'deviceEvents.type'])
    .select(['deviceEvents.deviceId', 'devices.domain', 'deviceEvents.type', 'ts', 'eventKey', 'data'])
    .where('ts', '<', new Date(before))
    .$if(deviceIds !== undefined, (select) => select.where(sql<boolean>`device_events.device_id = any(${deviceIds})`))
    .orderBy('deviceEvents.deviceId')
    .orderBy('deviceEvents.type')
    .orderBy('ts', 'desc')
    .execute();
  return rows.map((row) => toInput(row, now));
}

const registered = (db: Kysely<Database>) =>
  db
    .selectFrom('deviceEvents')
    .innerJoin('devices', 'devices.id', 'deviceEvents.deviceId')
    .where('devices.state', '=', 'registered');

const toInput = ({ ts, ...row }: EventRow, now: number): EventInput => ({
  kind: 'event',
  ...row,
  ts: ts.getTime(),
  receivedAt: Math.min(ts.getTime(), now),
});
