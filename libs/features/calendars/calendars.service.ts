import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, Person, SaveCalendar } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { Calendars } from './calendars.js';
import { refusals } from './refusals.js';

/** Changes of calendars. Each is in the audit trail, and the open deadlines follow by a job. */
@Injectable()
export class CalendarsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (area out of sight), `conflict` (somebody changed it meanwhile) */
  save(person: Person, areaId: string, { name, calendar, revision }: SaveCalendar): Promise<void> {
    return this.changing(person, areaId, async (tx, before) => {
      assertRevision(before, revision);
      await this.write(tx, person, areaId, { name, ...calendar }, before);
    });
  }

  /** From then on that of the area above holds. @throws ProblemError `not-found` */
  remove(person: Person, areaId: string): Promise<void> {
    return this.changing(person, areaId, async (tx, before) => {
      if (!before) throw new ProblemError('not-found', refusals.noneOfItsOwn);
      await tx.db.deleteFrom('calendars').where('areaId', '=', areaId).execute();
      this.tell(tx, person, areaId, 'calendar.deleted', { name: before.name });
    });
  }

  /** Runs a change of one area's calendar, alone. @throws ProblemError `not-found` when the area is not below the person's */
  changing<T>(
    person: Person,
    areaId: string,
    work: (tx: Transaction, before: Row<'calendars'> | undefined) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.run(async (tx) => {
      await this.calendars.change(tx);
      const area = await tx.db
        .selectFrom('areas')
        .select('id')
        .where('id', '=', areaId)
        .where(areaScope(person.areaId))
        .executeTakeFirst();
      if (!area) throw new ProblemError('not-found', commonRefusals.noAreaOfYours);
      const before = await tx.db.selectFrom('calendars').selectAll().where('areaId', '=', areaId).executeTakeFirst();
      return work(tx, before);
    });
  }

  async write(
    tx: Transaction,
    person: Person,
    areaId: string,
    { name, timeZone, week, exceptions }: SaveCalendar['calendar'] & { name: string },
    before: Row<'calendars'> | undefined,
  ): Promise<void> {
    const values = {
      name,
      timeZone,
      week: json(week),
      exceptions: json(exceptions),
      revision: before ? before.revision + 1 : 1,
      updatedAt: new Date(this.clock.now()),
      updatedBy: person.id,
    };
    await tx.db
      .insertInto('calendars')
      .values({ areaId, ...values })
      .onConflict((conflict) => conflict.column('areaId').doUpdateSet(values))
      .execute();
    this.tell(tx, person, areaId, 'calendar.saved', { name, timeZone, week, exceptions });
  }

  private tell(
    tx: Transaction,
    person: Person,
    areaId: string,
    action: AuditAction,
    change: Record<string, unknown>,
  ): void {
    tx.audit({
      actor: { kind: 'person', id: person.id },
      action,
      subjectType: 'calendar',
      subjectId: areaId,
      change,
    });
    const changeId = this.ids.next();
    tx.schedule({ name: 'move-deadlines', subject: changeId, payload: { areaId, changeId, after: null } });
  }
}

function assertRevision(before: Row<'calendars'> | undefined, revision: number): void {
  if ((before?.revision ?? 0) !== revision) throw new ProblemError('conflict', refusals.overtaken);
}
