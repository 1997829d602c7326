import { Inject, Injectable } from '@nestjs/common';
import type { Device, DeviceDetail, DeviceQuery, Page, Person } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { TIME_SERIES, type TimeSeries } from '@sc/platform/time-series';
import { type Kysely, sql } from 'kysely';
import { deviceView, toDevice } from '../device-rows.js';
import { toVitals } from '../fleet/fleet-rows.js';

/** What persons see of devices, within their area. */
@Injectable()
export class DevicesReadModel {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(TIME_SERIES) private readonly timeSeries: TimeSeries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** In order of the id. */
  async list(person: Person, query: DeviceQuery): Promise<Page<Device>> {
    let select = deviceView(this.db).where(areaScope(person.areaId));
    if (query.areaId) select = select.where(areaScope(query.areaId));
    if (query.domain) select = select.where('devices.domain', '=', query.domain);
    if (query.connection) select = select.where('devices.connection', '=', query.connection);
    if (query.q) {
      const pattern = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
      select = select.where(({ or, eb }) =>
        or([
          eb('devices.name', 'ilike', pattern),
          eb('devices.id', 'ilike', pattern),
          eb('devices.placement', 'ilike', pattern),
        ]),
      );
    }
    // "C": the order of the bytes, the same on every machine, so that a cursor keeps its meaning
    const order = sql<string>`devices.id collate "C"`;
    if (query.cursor) select = select.where(sql<boolean>`${order} > ${String(decodeCursor(query.cursor, 1)[0])}`);
    const rows = await select
      .orderBy(order)
      .limit(query.limit + 1)
      .execute();
    const items = rows.slice(0, query.limit).map(toDevice);
    return { items, nextCursor: rows.length > query.limit ? encodeCursor([items.at(-1)!.id]) : null };
  }

  /** Without readings when the time-series store is away: the rest of the page is still worth seeing. @throws ProblemError `not-found` */
  async detail(person: Person, id: string): Promise<DeviceDetail> {
    const row = await deviceView(this.db)
      .where('devices.id', '=', id)
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', commonRefusals.noDevice);
    return { ...toDevice(row), ...(await this.ownFacts(id)), lastReadings: await this.lastReadings(id) };
  }

  /** What its own page says beside the list: what it told of itself, and who speaks for it. */
  private async ownFacts(id: string): Promise<Pick<DeviceDetail, 'vitals' | 'bridge' | 'createdAt'>> {
    const { bridgeId, bridgeName, bridgeConnection, externalId, createdAt, ...vitals } = await this.db
      .selectFrom('devices')
      .leftJoin('bridges', 'bridges.id', 'devices.bridgeId')
      .select(['devices.bridgeId', 'devices.externalId', 'devices.createdAt', 'devices.clockBehindSeconds'])
      .select(['bridges.name as bridgeName', 'bridges.connection as bridgeConnection'])
      .select(['batteryPercent', 'batteryAt', 'signalMetric', 'signalValue', 'signalPercent', 'signalAt'])
      .where('devices.id', '=', id)
      .executeTakeFirstOrThrow();
    return {
      vitals: toVitals(vitals),
      bridge:
        bridgeId && bridgeName && bridgeConnection
          ? { id: bridgeId, name: bridgeName, connection: bridgeConnection, externalId }
          : null,
      createdAt: createdAt.toISOString(),
    };
  }

  private async lastReadings(id: string): Promise<DeviceDetail['lastReadings']> {
    try {
      const readings = await this.timeSeries.last([id]);
      return readings
        .map(({ metric, ts, value }) => ({ metric, ts: new Date(ts).toISOString(), value }))
        .sort((a, b) => (a.metric < b.metric ? -1 : 1));
    } catch (err) {
      this.logger.warn({ err, deviceId: id }, 'device page without readings');
      return [];
    }
  }
}
