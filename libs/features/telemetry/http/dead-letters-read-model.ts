import { Inject, Injectable } from '@nestjs/common';
import type { DeadLetter, DeadLetterQuery, Page, Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

const shownBytes = 4096;
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);
type After = z.infer<typeof cursorSchema> | undefined;

/** What could not be used: messages of devices and jobs that failed for good, in one list, newest first. */
@Injectable()
export class DeadLettersReadModel {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** Messages of devices and bridges in the person's area, and of devices nobody registered; jobs belong to no area. */
  async list(person: Person, query: DeadLetterQuery): Promise<Page<DeadLetter>> {
    const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
    const limit = query.limit + 1;
    const [messages, jobs] = await Promise.all([
      query.kind === 'job' ? [] : this.messages(person, query.deviceId, after, limit),
      query.kind === 'message' || query.deviceId ? [] : this.jobs(after, limit),
    ]);
    const all = [...messages, ...jobs].sort((a, b) => compare(b, a));
    const items = all.slice(0, query.limit);
    const last = items.at(-1);
    return { items, nextCursor: all.length > query.limit && last ? encodeCursor([last.at, last.id]) : null };
  }

  /** A message the person may see, or `undefined`. */
  async findMessage(person: Person, id: string) {
    return this.visibleMessages(person).where('deadLetters.id', '=', id).executeTakeFirst();
  }

  private async messages(
    person: Person,
    deviceId: string | undefined,
    after: After,
    limit: number,
  ): Promise<DeadLetter[]> {
    let select = this.visibleMessages(person);
    if (deviceId) select = select.where('deadLetters.deviceId', '=', deviceId);
    if (after)
      select = select.where(
        sql<boolean>`(dead_letters.received_at, dead_letters.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      );
    const rows = await select.orderBy('receivedAt', 'desc').orderBy('deadLetters.id', 'desc').limit(limit).execute();
    return rows.map((row) => ({
      id: row.id,
      kind: 'message',
      deviceId: row.deviceId,
      subject: row.topic,
      reason: row.reason,
      detail: row.detail,
      payload: row.payload.subarray(0, shownBytes).toString('utf8'),
      payloadBytes: row.payloadBytes,
      at: row.receivedAt.toISOString(),
      replayedAt: row.replayedAt?.toISOString() ?? null,
    }));
  }

  private visibleMessages(person: Person) {
    return this.db
      .selectFrom('deadLetters')
      .leftJoin('devices', 'devices.id', 'deadLetters.deviceId')
      .leftJoin('bridges', 'bridges.id', 'deadLetters.deviceId')
      .leftJoin('areas', (join) => join.on(sql<boolean>`areas.id = coalesce(devices.area_id, bridges.area_id)`))
      .selectAll('deadLetters')
      .where(({ or, eb }) => or([eb('areas.id', 'is', null), areaScope(person.areaId)]));
  }

  private async jobs(after: After, limit: number): Promise<DeadLetter[]> {
    let select = this.db.selectFrom('jobs').selectAll().where('state', '=', 'dead').where('finishedAt', 'is not', null);
    if (after) select = select.where(sql<boolean>`(finished_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
    const rows = await select.orderBy('finishedAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return rows.map((row) => {
      const payload = JSON.stringify(row.payload);
      return {
        id: row.id,
        kind: 'job',
        deviceId: null,
        subject: row.name,
        // written as `Name: message`
        reason: row.lastError?.split(':', 1)[0] ?? 'failed',
        detail: row.lastError ?? '',
        payload: payload.slice(0, shownBytes),
        payloadBytes: Buffer.byteLength(payload),
        at: row.finishedAt!.toISOString(),
        replayedAt: row.replayedAt?.toISOString() ?? null,
      };
    });
  }
}

function compare(a: DeadLetter, b: DeadLetter): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function parseCursor(cursor: string): After {
  const parsed = cursorSchema.safeParse(decodeCursor(cursor, 2));
  if (!parsed.success) throw new ProblemError('invalid-request', commonRefusals.strangeCursor);
  return parsed.data;
}
