import { Inject, Injectable } from '@nestjs/common';
import {
  type AddHandoverNote,
  type AuditAction,
  type ChangeHandoverNote,
  handoverLimits,
  type Person,
  type Text,
} from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { gather } from './gather.js';
import { actorOf } from './handover-rows.js';
import { audit, lockHandover, tellHandover } from './handovers.service.js';
import { allowedActions } from './machine.js';
import { refusals } from './refusals.js';

/**
 * Remarks on a hand-over that is written. Each is a row of its author: two who write at once lose nothing of each other. Every one
 * makes a new version, so that nobody hands over what they have not read. @throws ProblemError
 */
@Injectable()
export class HandoverNotes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The same `requestId` again is the same remark. @throws ProblemError `not-found`, `action-not-allowed`, `beyond-limit` */
  async add(person: Person, handoverId: string, { requestId, item, words }: AddHandoverNote): Promise<void> {
    await this.writing(person, handoverId, 'handover.noted', async ({ db }, row) => {
      const notes = await db
        .selectFrom('handoverNotes')
        .select(['id', 'byId', 'requestId'])
        .where('handoverId', '=', handoverId)
        .execute();
      if (notes.some((one) => one.byId === person.id && one.requestId === requestId)) return undefined;
      if (notes.length >= handoverLimits.notes) throw new ProblemError('beyond-limit', refusals.tooManyRemarks);
      const title = item ? await this.titleOf(db, row, item) : null;
      const id = this.ids.next();
      await db
        .insertInto('handoverNotes')
        .values({
          id,
          handoverId,
          itemKind: item?.kind ?? null,
          itemId: item?.id ?? null,
          itemTitle: title && json(title),
          words,
          byId: person.id,
          at: new Date(this.clock.now()),
          requestId,
        })
        .execute();
      return id;
    });
  }

  /** Only one's own. @throws ProblemError `not-found`, `forbidden`, `conflict`, `action-not-allowed` */
  async change(person: Person, handoverId: string, id: string, { basedOn, words }: ChangeHandoverNote): Promise<void> {
    await this.writing(person, handoverId, 'handover.note-changed', async (transaction) => {
      const note = await ownNote(transaction, person, handoverId, id);
      if (note.version !== basedOn) throw new ProblemError('conflict', refusals.otherVersion(note.version, basedOn));
      const set = { words, version: note.version + 1, at: new Date(this.clock.now()) };
      await transaction.db.updateTable('handoverNotes').set(set).where('id', '=', id).execute();
      return id;
    });
  }

  /** Only one's own. @throws ProblemError `not-found`, `forbidden`, `action-not-allowed` */
  async remove(person: Person, handoverId: string, id: string): Promise<void> {
    await this.writing(person, handoverId, 'handover.note-removed', async (transaction) => {
      await ownNote(transaction, person, handoverId, id);
      await transaction.db.deleteFrom('handoverNotes').where('id', '=', id).execute();
      return id;
    });
  }

  /** @param write answers the remark that it changed; none: nothing was changed */
  private async writing(
    person: Person,
    handoverId: string,
    action: AuditAction,
    write: (transaction: Transaction, row: Row<'handovers'>) => Promise<string | undefined>,
  ): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const row = await lockHandover(transaction, person, handoverId);
      if (!allowedActions(row, actorOf(person)).includes('note'))
        throw new ProblemError('action-not-allowed', refusals.itIs(row.state));
      const noteId = await write(transaction, row);
      if (noteId === undefined) return;
      const changed = await transaction.db
        .updateTable('handovers')
        .set({ version: row.version + 1 })
        .where('id', '=', handoverId)
        .returningAll()
        .executeTakeFirstOrThrow();
      audit(transaction, person, changed, action, { noteId, version: changed.version });
      tellHandover(transaction, changed);
    });
  }

  /** As it is called now: the remark has to be understood when it stands no more. */
  private async titleOf(
    db: Transaction['db'],
    { areaId, shiftStartsAt, shiftEndsAt }: Row<'handovers'>,
    { kind, id }: NonNullable<AddHandoverNote['item']>,
  ): Promise<Text> {
    const gathered = await gather(db, { areaId, from: shiftStartsAt, to: shiftEndsAt, now: this.clock.now() });
    const known = [...gathered.standing[kind].items, ...gathered.happened.grave.items];
    const found = known.find((one) => one.kind === kind && one.id === id);
    if (!found)
      throw new ProblemError('not-found', refusals.standsNoMore, [{ path: 'item', message: refusals.notThere }]);
    return named(found.title, [found.number, found.device !== found.title.en ? found.device : null]);
  }
}

/** "WO-12 · Smoke · Kitchen sensor", as long as a text may be. */
function named(title: Text, more: readonly (string | null)[]): Text {
  const line = (words: string) => [more[0], words, more[1]].filter(Boolean).join(' · ').slice(0, 500);
  return { 'zh-CN': line(title['zh-CN']), en: line(title.en) };
}

async function ownNote({ db }: Transaction, person: Person, handoverId: string, id: string) {
  const note = await db
    .selectFrom('handoverNotes')
    .select(['version', 'byId'])
    .where('id', '=', id)
    .where('handoverId', '=', handoverId)
    .executeTakeFirst();
  if (!note) throw new ProblemError('not-found', refusals.noRemark);
  if (note.byId !== person.id) throw new ProblemError('forbidden', refusals.remarkOfOther);
  return note;
}
