import { Inject, Injectable } from '@nestjs/common';
import type {
  Device,
  DeviceCredentials,
  EventPayloadOf,
  Person,
  RegisterCamera,
  RegisterDevice,
  ReplaceDevice,
  Text,
  UpdateDevice,
} from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { deviceView, toDevice } from './device-rows.js';
import { newDeviceSecret } from './device-secret.js';
import { claimName } from './names.js';
import { refusals } from './refusals.js';

type Change = EventPayloadOf<'device.changed.v1'>['change'];
type Facts = Omit<RegisterDevice, 'community' | 'device'> & { id: string; bridgeId?: string; externalId?: string };

/**
 * Changes of the device register. Each is told by `device.changed.v1` and kept in the audit trail; a secret leaves once,
 * in the answer, and only its SHA-256 is stored. Everything outside the person's area is `not-found`.
 */
@Injectable()
export class DevicesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found` (area), `invalid-request` (domain), `already-exists` */
  async register(person: Person, { community, device, ...facts }: RegisterDevice): Promise<DeviceCredentials> {
    if (!domainByName(facts.domain)) throw wrong('domain', refusals.noDomain);
    return this.naming(() =>
      this.unitOfWork.run(async (transaction) => {
        await this.assertArea(transaction, person, facts.areaId);
        return this.insert(transaction, person, { id: `${community}/${device}`, ...facts });
      }),
    );
  }

  /**
   * A device that a bridge speaks for: it has no login of its own, so its secret is told to nobody.
   * @throws ProblemError `not-found` (area), `already-exists` (its name, or what the bridge calls it)
   */
  async registerUnder(
    transaction: Transaction,
    person: Person,
    { bridgeId, domain }: { bridgeId: string; domain: string },
    { device, ...facts }: RegisterCamera,
  ): Promise<Device> {
    await this.assertArea(transaction, person, facts.areaId);
    const id = `${bridgeId.split('/')[0]}/${device}`;
    return (await this.insert(transaction, person, { id, domain, bridgeId, ...facts })).device;
  }

  /** @throws ProblemError `not-found` */
  async update(person: Person, id: string, change: UpdateDevice): Promise<Device> {
    return this.unitOfWork.run(async (transaction) => {
      const before = await this.lock(transaction, person, id);
      const { position, ...rest } = change;
      if (Object.values(change).every((value) => value === undefined)) return before;
      if (change.areaId) await this.assertArea(transaction, person, change.areaId);
      const place = position === undefined ? {} : { longitude: position?.[0] ?? null, latitude: position?.[1] ?? null };
      await transaction.db
        .updateTable('devices')
        .set({ ...rest, ...place })
        .where('id', '=', id)
        .execute();
      this.tell(transaction, person, id, change.areaId ?? before.areaId, 'updated', { ...change });
      return this.read(transaction, id);
    });
  }

  /**
   * A new device takes over name, place and domain; the old one may no longer log in, its history stays.
   * @throws ProblemError `not-found`, `conflict` (the old one is retired), `already-exists` (the new name)
   */
  async replace(person: Person, id: string, { device }: ReplaceDevice): Promise<DeviceCredentials> {
    return this.naming(() =>
      this.unitOfWork.run(async (transaction) => {
        const old = await this.lockWithLogin(transaction, person, id);
        const { name, areaId, domain, position, placement, labels } = old;
        const newId = `${id.split('/')[0]}/${device}`;
        const credentials = await this.insert(transaction, person, {
          id: newId,
          name,
          areaId,
          domain,
          position,
          placement,
          labels,
        });
        await transaction.db
          .updateTable('devices')
          .set({ state: 'retired', replacedBy: newId })
          .where('id', '=', id)
          .execute();
        this.tell(transaction, person, id, areaId, 'replaced', { replacedBy: newId });
        return credentials;
      }),
    );
  }

  /** The old secret is refused from the next login on. @throws ProblemError `not-found`, `conflict` (retired) */
  async rotateSecret(person: Person, id: string): Promise<DeviceCredentials> {
    return this.unitOfWork.run(async (transaction) => {
      const device = await this.lockWithLogin(transaction, person, id);
      const { secret, ...hashes } = newDeviceSecret();
      await transaction.db.updateTable('devices').set(hashes).where('id', '=', id).execute();
      this.tell(transaction, person, id, device.areaId, 'secret-rotated', {});
      return { device, userName: id, secret };
    });
  }

  /** Retiring again changes nothing. @throws ProblemError `not-found` */
  async retire(person: Person, id: string): Promise<Device> {
    return this.unitOfWork.run(async (transaction) => {
      const device = await this.lock(transaction, person, id);
      if (device.state === 'retired') return device;
      await transaction.db.updateTable('devices').set({ state: 'retired' }).where('id', '=', id).execute();
      this.tell(transaction, person, id, device.areaId, 'retired', {});
      return { ...device, state: 'retired' };
    });
  }

  private async insert(transaction: Transaction, person: Person, facts: Facts): Promise<DeviceCredentials> {
    const { position, ...columns } = facts;
    const { secret, ...hashes } = newDeviceSecret();
    await claimName(transaction, facts.id);
    await transaction.db
      .insertInto('devices')
      .values({
        ...columns,
        longitude: position?.[0] ?? null,
        latitude: position?.[1] ?? null,
        ...hashes,
        state: 'registered',
        createdAt: new Date(this.clock.now()),
      })
      .execute();
    const { id, ...change } = facts;
    this.tell(transaction, person, id, facts.areaId, 'registered', change);
    return { device: await this.read(transaction, id), userName: id, secret };
  }

  private tell(
    transaction: Transaction,
    person: Person,
    id: string,
    areaId: string,
    change: Change,
    facts: Record<string, unknown>,
  ): void {
    transaction.emit({ type: 'device.changed.v1', payload: { deviceId: id, change }, areaId, subjectId: id });
    transaction.audit({
      actor: { kind: 'person', id: person.id },
      action: `device.${change}`,
      subjectType: 'device',
      subjectId: id,
      change: facts,
    });
  }

  /** Locks the row, so that two changes of one device follow each other. */
  private async lock({ db }: Transaction, person: Person, id: string): Promise<Device> {
    const row = await deviceView(db)
      .where('devices.id', '=', id)
      .where(areaScope(person.areaId))
      .forUpdate('devices')
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', commonRefusals.noDevice);
    return toDevice(row);
  }

  /** In use, and with a login of its own. */
  private async lockWithLogin(transaction: Transaction, person: Person, id: string): Promise<Device> {
    const device = await this.lock(transaction, person, id);
    if (device.state === 'retired') throw new ProblemError('conflict', refusals.deviceRetired);
    const { bridgeId } = await transaction.db
      .selectFrom('devices')
      .select('bridgeId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (bridgeId) throw new ProblemError('conflict', refusals.noSecret);
    return device;
  }

  private async read({ db }: Transaction, id: string): Promise<Device> {
    return toDevice(await deviceView(db).where('devices.id', '=', id).executeTakeFirstOrThrow());
  }

  private async assertArea({ db }: Transaction, person: Person, areaId: string): Promise<void> {
    const area = await db
      .selectFrom('areas')
      .select('id')
      .where('id', '=', areaId)
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!area)
      throw new ProblemError('not-found', commonRefusals.noArea, [{ path: 'areaId', message: commonRefusals.noArea }]);
  }

  private async naming<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', refusals.deviceTaken);
      throw error;
    }
  }
}

const wrong = (path: string, reason: Text) => new ProblemError('invalid-request', reason, [{ path, message: reason }]);
