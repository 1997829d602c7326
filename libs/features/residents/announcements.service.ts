import { Inject, Injectable } from '@nestjs/common';
import type { Announcement, Person, WriteAnnouncement } from '@sc/contracts';
import { areaScope, Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { refusals } from './refusals.js';

/** Newest first; older ones are in the audit trail. */
const mostListed = 200;

/** What staff tell the residents of an area, from a time until a time. @throws ProblemError */
@Injectable()
export class Announcements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async list(person: Person): Promise<Announcement[]> {
    const rows = await this.database
      .selectFrom('announcements as a')
      .innerJoin('areas', 'areas.id', 'a.areaId')
      .innerJoin('people', 'people.id', 'a.madeBy')
      .selectAll('a')
      .select(['areas.name as areaName', 'people.name as maker'])
      .where(areaScope(person.areaId))
      .orderBy('a.endsAt', 'desc')
      .orderBy('a.id')
      .limit(mostListed)
      .execute();
    const now = this.clock.now();
    return rows.map(({ beginsAt, endsAt, madeAt, maker, madeBy: _, ...row }) => ({
      ...row,
      beginsAt: beginsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      madeAt: madeAt.toISOString(),
      madeBy: maker,
      state: now < beginsAt.getTime() ? 'planned' : now < endsAt.getTime() ? 'shown' : 'over',
    }));
  }

  async add(person: Person, written: WriteAnnouncement): Promise<Announcement> {
    const id = this.ids.next();
    await this.unitOfWork.run(async (transaction) => {
      await this.assertScope(transaction, person, written.areaId);
      const made = { id, madeBy: person.id, madeAt: new Date(this.clock.now()) };
      await transaction.db
        .insertInto('announcements')
        .values({ ...columnsOf(written), ...made })
        .execute();
      note(transaction, person, id, 'announcement.added', written);
    });
    return this.find(person, id);
  }

  async edit(person: Person, id: string, written: WriteAnnouncement): Promise<Announcement> {
    await this.unitOfWork.run(async (transaction) => {
      await this.assertOwn(transaction, person, id);
      await this.assertScope(transaction, person, written.areaId);
      await transaction.db.updateTable('announcements').set(columnsOf(written)).where('id', '=', id).execute();
      note(transaction, person, id, 'announcement.edited', written);
    });
    return this.find(person, id);
  }

  async remove(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      await this.assertOwn(transaction, person, id);
      await transaction.db.deleteFrom('announcements').where('id', '=', id).execute();
      note(transaction, person, id, 'announcement.removed', {});
    });
  }

  private async find(person: Person, id: string): Promise<Announcement> {
    const found = (await this.list(person)).find((one) => one.id === id);
    if (!found) throw new ProblemError('not-found', refusals.noAnnouncement);
    return found;
  }

  private async assertOwn({ db }: Transaction, person: Person, id: string): Promise<void> {
    const row = await db.selectFrom('announcements').select('areaId').where('id', '=', id).executeTakeFirst();
    if (!row || !(await this.directory.isInScope(person.areaId, row.areaId, db)))
      throw new ProblemError('not-found', refusals.noAnnouncement);
  }

  private async assertScope({ db }: Transaction, person: Person, areaId: string): Promise<void> {
    const area = await db.selectFrom('areas').select('id').where('id', '=', areaId).executeTakeFirst();
    if (!area || !(await this.directory.isInScope(person.areaId, areaId, db)))
      throw new ProblemError('not-found', commonRefusals.noAreaOfYours);
  }
}

const columnsOf = ({ areaId, title, words, beginsAt, endsAt }: WriteAnnouncement) => ({
  areaId,
  title: json(title),
  words: json(words),
  beginsAt: new Date(beginsAt),
  endsAt: new Date(endsAt),
});

function note(
  { audit }: Transaction,
  person: Person,
  id: string,
  action: 'announcement.added' | 'announcement.edited' | 'announcement.removed',
  change: object,
): void {
  audit({
    actor: { kind: 'person', id: person.id },
    action,
    subjectType: 'announcement',
    subjectId: id,
    change: { ...change },
  });
}
