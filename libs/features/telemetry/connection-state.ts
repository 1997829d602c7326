import { Inject, Injectable } from '@nestjs/common';
import { BridgeRegistry } from '@sc/features/devices';
import { type Database, DATABASE, type Transaction } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

export type Connection = 'online' | 'offline';

/** Whether devices and bridges are online, in PostgreSQL and as an event, each written only when it changes. */
@Injectable()
export class ConnectionState {
  private readonly known = new Map<string, Connection>();

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(BridgeRegistry) private readonly bridges: BridgeRegistry,
  ) {}

  /** Of these only what is not so already. */
  changesOf(wanted: ReadonlyMap<string, Connection>): Map<string, Connection> {
    return new Map([...wanted].filter(([deviceId, connection]) => this.known.get(deviceId) !== connection));
  }

  async apply(transaction: Transaction, changes: ReadonlyMap<string, Connection>): Promise<void> {
    const { db, emit } = transaction;
    for (const [id, connection] of changes) if (this.bridges.get(id)) await applyBridge(transaction, id, connection);
    // Held in order of id, as everybody does who takes several devices: an UPDATE alone takes them in any order.
    await db
      .selectFrom('devices')
      .select('id')
      .where(sql<boolean>`id = any(${[...changes.keys()]}::text[])`)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
    for (const connection of ['online', 'offline'] as const) {
      const deviceIds = [...changes].filter(([, wanted]) => wanted === connection).map(([deviceId]) => deviceId);
      if (deviceIds.length === 0) continue;
      const changed = await db
        .updateTable('devices')
        .set({ connection })
        .where('id', 'in', deviceIds)
        .where('connection', '<>', connection)
        .where('state', '=', 'registered')
        .returning(['id', 'areaId'])
        .execute();
      for (const { id, areaId } of changed)
        emit({ type: 'device.changed.v1', payload: { deviceId: id, change: connection }, areaId, subjectId: id });
    }
  }

  /** After the commit. */
  committed(changes: ReadonlyMap<string, Connection>): void {
    for (const [deviceId, connection] of changes) this.known.set(deviceId, connection);
  }

  /** Those who log in and stand as online: bridges, and devices that no bridge speaks for. */
  async online(): Promise<string[]> {
    const rows = await this.database
      .selectFrom('devices')
      .select('id')
      .where('connection', '=', 'online')
      .where('bridgeId', 'is', null)
      .unionAll(this.database.selectFrom('bridges').select('id').where('connection', '=', 'online'))
      .execute();
    return rows.map((row) => row.id);
  }
}

async function applyBridge({ db, emit }: Transaction, bridgeId: string, connection: Connection): Promise<void> {
  const changed = await db
    .updateTable('bridges')
    .set({ connection })
    .where('id', '=', bridgeId)
    .where('connection', '<>', connection)
    .returning('areaId')
    .executeTakeFirst();
  if (!changed) return;
  const { areaId } = changed;
  emit({ type: 'bridge.changed.v1', payload: { bridgeId, change: connection }, areaId, subjectId: bridgeId });
}
