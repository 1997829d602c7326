import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type EventPayloadOf } from '@sc/contracts';
import { type Database, DATABASE, lastOutboxPosition, readOutbox } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type Kysely, sql } from 'kysely';
import { BridgeRegistry } from './bridge-registry.js';
import { MissedNames } from './device-registry-misses.js';

/** What the hot path knows of a device. */
export interface RegisteredDevice {
  readonly id: string;
  readonly domain: string;
  readonly areaId: string;
  readonly state: 'registered' | 'retired';
  /** SHA-256 of its secret. */
  readonly secretHash: Buffer;
  /** The bridge that speaks for it, and what the bridge calls it. */
  readonly bridgeId: string | null;
  readonly externalId: string | null;
}

export interface DeviceChange {
  deviceId: string;
  before: RegisteredDevice | undefined;
  after: RegisteredDevice | undefined;
}

const pollEveryMs = 1000;
const pageSize = 1000;

/**
 * All devices in memory, so that a message costs no query. Follows `device.changed.v1` in the outbox within about a
 * second; PostgreSQL stays the truth, and while it is away what was known last is used.
 */
@Injectable()
export class DeviceRegistry implements BeforeApplicationShutdown {
  private readonly devices = new Map<string, RegisteredDevice>();
  /** Of each bridge its devices in use, by the names it gives them. */
  private readonly bridged = new Map<string, Map<string, string>>();
  private readonly listeners = new Set<(change: DeviceChange) => void>();
  private readonly missed: MissedNames<RegisteredDevice>;
  private loading: Promise<void> | undefined;
  private position = 0;
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;
  /** Reads of single devices go one after the other: an older answer never takes the place of a newer one. */
  private reading: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(BridgeRegistry) private readonly bridges: BridgeRegistry,
  ) {
    this.missed = new MissedNames(async (deviceId) => {
      await this.reload([deviceId]);
      return this.devices.get(deviceId);
    });
  }

  /** Resolves when all devices are loaded; loads them on the first call. @throws when PostgreSQL cannot answer; call again */
  async ready(): Promise<void> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    await this.loading;
  }

  get(deviceId: string): RegisteredDevice | undefined {
    return this.devices.get(deviceId);
  }

  /** The devices a bridge speaks for, by the names it gives them. */
  under(bridgeId: string): ReadonlyMap<string, string> {
    return this.bridged.get(bridgeId) ?? none;
  }

  /** Like `get`, but asks PostgreSQL about a name that is not known; bounded, so that a flood of names does not reach it. */
  async find(deviceId: string): Promise<RegisteredDevice | undefined> {
    return this.devices.get(deviceId) ?? (await this.missed.find(deviceId));
  }

  /**
   * Asks PostgreSQL, in one query, about those of the senders that are not known: behind a broker elsewhere a device may speak
   * before its registration was followed here. Of one nobody registered the "no" holds for a while.
   * @throws when PostgreSQL cannot answer; then nothing is remembered
   */
  async learn(messages: readonly { readonly deviceId: string }[]): Promise<void> {
    const strangers = new Set<string>();
    for (const { deviceId } of messages)
      if (!this.devices.has(deviceId) && !this.bridges.get(deviceId) && !this.missed.has(deviceId))
        strangers.add(deviceId);
    if (strangers.size === 0) return;
    await this.reload([...strangers]);
    for (const deviceId of strangers) if (!this.devices.has(deviceId)) this.missed.remember(deviceId);
  }

  /** Called after a device was added, changed or removed here. Returns how to stop it. */
  onChange(listener: (change: DeviceChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads the changes of the outbox now; otherwise it happens once a second. */
  async refresh(): Promise<void> {
    this.refreshing ??= this.follow().finally(() => (this.refreshing = undefined));
    await this.refreshing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.refreshing?.catch(() => undefined);
  }

  private async load(): Promise<void> {
    // the position first: a change while the devices are read is then seen twice rather than never
    this.position = await lastOutboxPosition(this.database);
    await this.bridges.reload();
    for (const row of await this.select().execute()) this.put(row.id, row);
    this.logger.info({ devices: this.devices.size }, 'device registry loaded');
    this.schedule();
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.refresh()
        .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'device registry not refreshed'))
        .finally(() => this.schedule());
    }, pollEveryMs);
    this.timer.unref();
  }

  private async follow(): Promise<void> {
    for (;;) {
      const events = await readOutbox(this.database, this.position, pageSize);
      const changed = new Set<string>();
      let bridgesChanged = false;
      for (const event of events) {
        if (event.type === 'bridge.changed.v1') {
          const { change } = event.payload as EventPayloadOf<'bridge.changed.v1'>;
          bridgesChanged ||= change !== 'online' && change !== 'offline';
        }
        if (event.type !== 'device.changed.v1') continue;
        const { deviceId, change } = event.payload as EventPayloadOf<'device.changed.v1'>;
        if (change !== 'online' && change !== 'offline') changed.add(deviceId);
      }
      if (bridgesChanged) await this.bridges.reload();
      if (changed.size > 0) await this.reload([...changed]);
      const last = events.at(-1);
      if (last) this.position = last.position;
      if (events.length < pageSize) return;
    }
  }

  private async reload(deviceIds: string[]): Promise<void> {
    const read = this.reading.then(() => this.read(deviceIds));
    this.reading = read.catch(() => undefined);
    await read;
  }

  private async read(deviceIds: string[]): Promise<void> {
    const rows = await this.select()
      .where('id', '=', sql<string>`any(${deviceIds})`)
      .execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const deviceId of deviceIds) {
      const before = this.devices.get(deviceId);
      const after = found.get(deviceId);
      if (!before && !after) continue;
      this.put(deviceId, after);
      this.missed.forget(deviceId);
      for (const listener of this.listeners) listener({ deviceId, before, after });
    }
  }

  private put(deviceId: string, device: RegisteredDevice | undefined): void {
    const before = this.devices.get(deviceId);
    if (before?.bridgeId && this.bridged.get(before.bridgeId)?.get(before.externalId!) === deviceId)
      this.bridged.get(before.bridgeId)!.delete(before.externalId!);
    if (!device) return void this.devices.delete(deviceId);
    this.devices.set(deviceId, device);
    if (!device.bridgeId || device.state !== 'registered') return;
    const names = this.bridged.get(device.bridgeId) ?? new Map<string, string>();
    this.bridged.set(device.bridgeId, names.set(device.externalId!, deviceId));
  }

  private select() {
    return this.database
      .selectFrom('devices')
      .select(['id', 'domain', 'areaId', 'state', 'secretHash', 'bridgeId', 'externalId']);
  }
}

const none: ReadonlyMap<string, string> = new Map();
