import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type History,
  type HistoryQuery,
  historyQuerySchema,
  historySchema,
  mostHistoryWindows,
  type Person,
  readingQuerySchema,
  type Readings,
  type ReadingsQuery,
  readingsSchema,
  type Text,
} from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, commonRefusals, CurrentPerson, ProblemError } from '@sc/platform/http';
import { type Point, TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { refusals } from '../refusals.js';
import { historyOf } from './history.js';

/** Most windows of one answer, all devices together; a chart has fewer pixels. */
const mostWindows = 20_000;

@ApiTags('readings')
@Controller('readings')
export class ReadingsController {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(TIME_SERIES) private readonly timeSeries: TimeSeries,
  ) {}

  /** Readings of one metric with from ≤ ts < to, in order of device and time. `limit` is shared evenly by the devices. */
  @Get()
  @Answers(readingsSchema)
  @ApiProblems('not-found')
  async read(
    @CurrentPerson() person: Person,
    @Query({ schema: readingQuerySchema }) query: ReadingsQuery,
  ): Promise<Readings> {
    const deviceIds = [...new Set(query.deviceId)];
    const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
    if (from >= to) throw wrong('to', refusals.notAfterFrom);
    await this.assertVisible(person, deviceIds);
    const perDevice = Math.ceil(query.limit / deviceIds.length);
    const points = await this.points({ ...query, deviceIds, from, to, perDevice });
    return cut(points, perDevice);
  }

  /** One metric of one device over time, for a chart: readings, or windows with their mean, least and greatest. from ≤ ts < to. */
  @Get('history')
  @Answers(historySchema)
  @ApiProblems('not-found')
  async history(
    @CurrentPerson() person: Person,
    @Query({ schema: historyQuerySchema }) query: HistoryQuery,
  ): Promise<History> {
    const [from, to] = [Date.parse(query.from), Date.parse(query.to)];
    if (from >= to) throw wrong('to', refusals.notAfterFrom);
    if (query.windowMs !== undefined && (to - from) / query.windowMs > mostHistoryWindows)
      throw wrong('windowMs', refusals.tooManyWindows(mostHistoryWindows));
    await this.assertVisible(person, [query.deviceId]);
    return historyOf(this.timeSeries, { ...query, from, to });
  }

  private points(
    query: Omit<ReadingsQuery, 'from' | 'to'> & { deviceIds: string[]; from: number; to: number; perDevice: number },
  ): Promise<Point[]> {
    const { deviceIds, metric, from, to, windowMs, aggregate, perDevice } = query;
    if (windowMs === undefined) return this.timeSeries.read({ deviceIds, metric, from, to, limit: perDevice + 1 });
    if (Math.ceil((to - from) / windowMs) * deviceIds.length > mostWindows)
      throw wrong('windowMs', refusals.tooManyWindows(mostWindows));
    return this.timeSeries.aggregate({ deviceIds, metric, from, to, windowMs, aggregate });
  }

  private async assertVisible(person: Person, deviceIds: string[]): Promise<void> {
    const rows = await this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select('devices.id')
      .where('devices.id', 'in', deviceIds)
      .where(areaScope(person.areaId))
      .execute();
    if (rows.length < deviceIds.length) throw new ProblemError('not-found', commonRefusals.noDevice);
  }
}

/** At most so many points per device, the earliest. Points come in order of the device. */
function cut(points: readonly Point[], perDevice: number): Readings {
  const counts = new Map<string, number>();
  const items: Readings['items'] = [];
  for (const { deviceId, ts, value } of points) {
    const count = (counts.get(deviceId) ?? 0) + 1;
    counts.set(deviceId, count);
    if (count <= perDevice) items.push({ deviceId, ts: new Date(ts).toISOString(), value });
  }
  return { items, truncated: items.length < points.length };
}

const wrong = (path: string, reason: Text) => new ProblemError('invalid-request', reason, [{ path, message: reason }]);
