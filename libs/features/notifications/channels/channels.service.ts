import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, CreateChannel, Page, Person, SiteChannel, UpdateChannel } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { DATABASE, type Database, json, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { SealedWithAnotherKeyError, SecretBox } from '@sc/platform/secrets';
import type { Kysely } from 'kysely';
import { readInput } from './channel-input.js';
import { inAppChannelId } from '../inbox/inbox.js';
import { refusals } from '../refusals.js';
import { purposeOf } from './channel-registry.js';
import { readChannels } from './channel-rows.js';

/** One more could only be a mistake. */
const mostChannels = 100;

/** Changes of channels; audited, without their secrets. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly box: SecretBox,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'NOTIFY_HOSTS'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async list(): Promise<Page<SiteChannel>> {
    return { items: await readChannels(this.database, this.clock.now()), nextCursor: null };
  }

  /** @throws ProblemError `invalid-request`, `not-found` (area), `already-exists` (a second Web Push), `conflict` (too many) */
  async create(person: Person, { kind, name, enabled, scope, ...input }: CreateChannel): Promise<SiteChannel> {
    const { settings, secrets } = readInput(kind, input, this.settings);
    const id = this.ids.next();
    const sealed = await this.seal(id, secrets);
    const at = new Date(this.clock.now());
    try {
      return await this.unitOfWork.run(async (transaction) => {
        const { db } = transaction;
        await this.assertRoom(transaction);
        await this.assertArea(transaction, scope.areaId);
        const facts = { id, kind, name, enabled, settings: json(settings), sealed, secretsSet: Object.keys(secrets) };
        await db
          .insertInto('channels')
          .values({ ...facts, ...scope, createdAt: at, updatedAt: at })
          .execute();
        this.note(transaction, person, id, 'channel.created', {
          kind,
          name,
          enabled,
          settings,
          scope,
          secretsSet: Object.keys(secrets),
        });
        return (await readChannels(db, at.getTime(), id))[0]!;
      });
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', refusals.kindThere);
      throw error;
    }
  }

  /** @throws ProblemError `not-found` (channel, area), `invalid-request`, `conflict` (the app) */
  async update(person: Person, id: string, { scope, ...change }: UpdateChannel): Promise<SiteChannel> {
    assertNotTheApp(id);
    return this.unitOfWork.run(async (transaction) => {
      const { db } = transaction;
      const row = await db.selectFrom('channels').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noChannel);
      if (scope) await this.assertArea(transaction, scope.areaId);
      const changesSecrets = change.secrets && Object.keys(change.secrets).length > 0;
      // what a new key seals, the old one need not open: lost secrets are entered anew
      const known = row.sealed ? await this.openOr(row.id, row.sealed, changesSecrets ? {} : undefined) : {};
      const given = { settings: change.settings ?? row.settings, secrets: { ...known, ...change.secrets } };
      const { settings, secrets } =
        known === undefined && !change.settings
          ? { settings: row.settings, secrets: undefined }
          : readInput(
              row.kind,
              given as { settings: Record<string, unknown>; secrets: Record<string, unknown> },
              this.settings,
            );
      // later than before in any case: whoever holds an open channel knows by that
      const updatedAt = new Date(Math.max(this.clock.now(), row.updatedAt.getTime() + 1));
      const columns = {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
        settings: json(settings),
        ...(changesSecrets && secrets
          ? { sealed: await this.seal(id, secrets), secretsSet: Object.keys(secrets) }
          : {}),
        ...scope,
        updatedAt,
      };
      await db.updateTable('channels').set(columns).where('id', '=', id).execute();
      const { secrets: _, ...told } = change;
      this.note(transaction, person, id, 'channel.updated', {
        ...told,
        scope,
        ...(changesSecrets ? { secretsChanged: Object.keys(change.secrets!) } : {}),
      });
      return (await readChannels(db, this.clock.now(), id))[0]!;
    });
  }

  /** @throws ProblemError `not-found`, `conflict` (the app) */
  async remove(person: Person, id: string): Promise<void> {
    assertNotTheApp(id);
    await this.unitOfWork.run(async (transaction) => {
      const row = await transaction.db
        .deleteFrom('channels')
        .where('id', '=', id)
        .returning(['kind', 'name'])
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.noChannel);
      this.note(transaction, person, id, 'channel.removed', row);
    });
  }

  private async seal(id: string, secrets: Record<string, string>): Promise<Buffer | null> {
    return Object.keys(secrets).length ? this.box.seal(purposeOf(id), secrets) : null;
  }

  private async openOr<T>(id: string, sealed: Buffer, otherwise: T): Promise<Record<string, string> | T> {
    try {
      return (await this.box.open(purposeOf(id), sealed)) as Record<string, string>;
    } catch (error) {
      if (error instanceof SealedWithAnotherKeyError) return otherwise;
      throw error;
    }
  }

  private async assertRoom({ db }: Transaction): Promise<void> {
    const { count } = await db
      .selectFrom('channels')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= mostChannels) throw new ProblemError('conflict', refusals.tooManyChannels(mostChannels));
  }

  private async assertArea({ db }: Transaction, areaId: string | null): Promise<void> {
    if (areaId === null) return;
    if (await db.selectFrom('areas').select('id').where('id', '=', areaId).executeTakeFirst()) return;
    throw new ProblemError('not-found', commonRefusals.noArea, [
      { path: 'scope.areaId', message: commonRefusals.noArea },
    ]);
  }

  private note(
    { audit }: Transaction,
    person: Person,
    id: string,
    change: AuditAction & `channel.${string}`,
    facts: Record<string, unknown>,
  ): void {
    const actor = { kind: 'person', id: person.id } as const;
    audit({ actor, action: change, subjectType: 'channel', subjectId: id, change: facts });
  }
}

/** What is told in the app is the record of what everybody was told. */
function assertNotTheApp(id: string): void {
  if (id === inAppChannelId) throw new ProblemError('conflict', refusals.appAlwaysTells);
}
