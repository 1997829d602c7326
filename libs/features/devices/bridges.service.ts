import { Inject, Injectable } from '@nestjs/common';
import type {
  Bridge,
  BridgeCredentials,
  BridgeKind,
  Device,
  EventPayloadOf,
  Person,
  RegisterBridge,
  RegisterCamera,
  UpdateBridge,
} from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { type Row, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { judgeAddress, parseAllowedHosts } from '@sc/platform/egress';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { bridgeOf } from './bridge-rows.js';
import { newDeviceSecret } from './device-secret.js';
import { DevicesService } from './devices.service.js';
import { claimName } from './names.js';
import { refusals } from './refusals.js';

type Change = EventPayloadOf<'bridge.changed.v1'>['change'];

/** What the devices of a kind of bridge are. */
const domainOf: Record<BridgeKind, string> = { frigate: 'camera' };

/** Changes of the register of bridges; told, audited and scoped to areas as those of devices are. */
@Injectable()
export class BridgesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly devices: DevicesService,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'CAMERA_HOSTS' | 'MQTT_URL'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found` (area), `invalid-request` (baseUrl), `already-exists` (name, or prefix where it must be unique) */
  async register(person: Person, { community, bridge, ...facts }: RegisterBridge): Promise<BridgeCredentials> {
    this.assertAllowed(facts.baseUrl);
    const id = `${community}/${bridge}`;
    const { secret, ...hashes } = newDeviceSecret();
    return this.unitOfWork.run(async (transaction) => {
      await this.assertArea(transaction, person, facts.areaId);
      await claimName(transaction, id);
      await this.assertPrefix(transaction, facts.topicPrefix);
      await transaction.db
        .insertInto('bridges')
        .values({ id, ...facts, ...hashes, state: 'registered', createdAt: new Date(this.clock.now()) })
        .execute();
      this.tell(transaction, person, { id, areaId: facts.areaId }, 'registered', facts);
      return { bridge: await bridgeOf(transaction.db, id), userName: id, secret };
    });
  }

  /** @throws ProblemError `not-found`, `invalid-request` (baseUrl) */
  async update(person: Person, id: string, change: UpdateBridge): Promise<Bridge> {
    this.assertAllowed(change.baseUrl ?? null);
    return this.changing(person, id, 'updated', { ...change });
  }

  /** The old secret is refused from the next login on. @throws ProblemError `not-found`, `conflict` (retired) */
  async rotateSecret(person: Person, id: string): Promise<BridgeCredentials> {
    const { secret, ...hashes } = newDeviceSecret();
    return { bridge: await this.changing(person, id, 'secret-rotated', hashes), userName: id, secret };
  }

  /** It may no longer log in; what it told stays, and so do its cameras until somebody retires them. @throws ProblemError `not-found`, `conflict` */
  async retire(person: Person, id: string): Promise<Bridge> {
    return this.changing(person, id, 'retired', { state: 'retired' });
  }

  /** @throws ProblemError `not-found` (bridge, area), `conflict` (retired), `already-exists` */
  async registerCamera(person: Person, id: string, camera: RegisterCamera): Promise<Device> {
    try {
      return await this.unitOfWork.run(async (transaction) => {
        const { kind } = await this.lockInUse(transaction, person, id);
        return this.devices.registerUnder(transaction, person, { bridgeId: id, domain: domainOf[kind] }, camera);
      });
    } catch (error) {
      if (!violatedUnique(error)) throw error;
      throw new ProblemError('already-exists', refusals.cameraTaken);
    }
  }

  private async changing(
    person: Person,
    id: string,
    change: Change,
    columns: Partial<Pick<Row<'bridges'>, 'name' | 'baseUrl' | 'secretHash' | 'mosquittoHash' | 'state'>>,
  ): Promise<Bridge> {
    return this.unitOfWork.run(async (transaction) => {
      const { areaId } = await this.lockInUse(transaction, person, id);
      if (Object.values(columns).some((value) => value !== undefined)) {
        await transaction.db.updateTable('bridges').set(columns).where('id', '=', id).execute();
        const { secretHash: _, mosquittoHash: __, ...told } = columns;
        this.tell(transaction, person, { id, areaId }, change, told);
      }
      return bridgeOf(transaction.db, id);
    });
  }

  private tell(
    { emit, audit }: Transaction,
    person: Person,
    { id, areaId }: { id: string; areaId: string },
    change: Change,
    facts: Record<string, unknown>,
  ): void {
    emit({ type: 'bridge.changed.v1', payload: { bridgeId: id, change }, areaId, subjectId: id });
    audit({
      actor: { kind: 'person', id: person.id },
      action: `bridge.${change}`,
      subjectType: 'bridge',
      subjectId: id,
      change: facts,
    });
  }

  private async lockInUse({ db }: Transaction, person: Person, id: string) {
    const row = await db
      .selectFrom('bridges')
      .innerJoin('areas', 'areas.id', 'bridges.areaId')
      .select(['bridges.id', 'bridges.kind', 'bridges.areaId', 'bridges.state'])
      .where('bridges.id', '=', id)
      .where(areaScope(person.areaId))
      .forUpdate('bridges')
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noBridge);
    if (row.state === 'retired') throw new ProblemError('conflict', refusals.bridgeRetired);
    return row;
  }

  private async assertArea({ db }: Transaction, person: Person, areaId: string): Promise<void> {
    const scoped = db.selectFrom('areas').select('id').where('id', '=', areaId).where(areaScope(person.areaId));
    if (await scoped.executeTakeFirst()) return;
    throw new ProblemError('not-found', commonRefusals.noArea, [{ path: 'areaId', message: commonRefusals.noArea }]);
  }

  /** Behind an external broker only the topic tells whose message it is. */
  private async assertPrefix({ db }: Transaction, topicPrefix: string): Promise<void> {
    if (!this.settings.MQTT_URL) return;
    const others = await db.selectFrom('bridges').select('topicPrefix').where('state', '=', 'registered').execute();
    const overlaps = others.some(
      (other) =>
        `${other.topicPrefix}/`.startsWith(`${topicPrefix}/`) || `${topicPrefix}/`.startsWith(`${other.topicPrefix}/`),
    );
    if (overlaps) throw new ProblemError('already-exists', refusals.prefixTaken);
  }

  private assertAllowed(baseUrl: string | null): void {
    if (baseUrl === null) return;
    const verdict = judgeAddress(baseUrl, parseAllowedHosts(this.settings.CAMERA_HOSTS));
    if (verdict.ok) return;
    const reason = refusals.addressRefused(verdict.reason);
    throw new ProblemError('invalid-request', reason, [{ path: 'baseUrl', message: reason }]);
  }
}
