import { Inject, Injectable } from '@nestjs/common';
import type { Person, RoundCalendar, RoundCalendarQuery } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { occurrences } from '../recurrence/occurrences.js';
import { RoundPlansReader } from './plans.reader.js';
import { RoundsReader } from './rounds.reader.js';

/** More than a calendar can show to a person. */
const mostShown = 2_000;

/** Rounds of a time, and the starts of plans for which no round is made yet. */
@Injectable()
export class RoundCalendarReader {
  constructor(
    private readonly rounds: RoundsReader,
    private readonly plans: RoundPlansReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async between(person: Person, { from, to, areaId }: RoundCalendarQuery): Promise<RoundCalendar> {
    const made = await this.rounds
      .view(person)
      .where('rounds.dueAt', '>', new Date(from))
      .where('rounds.startsAt', '<', new Date(to))
      .$if(areaId !== undefined, (query) => query.where(areaScope(areaId!)))
      .orderBy('rounds.startsAt')
      .orderBy('rounds.id')
      .limit(mostShown + 1)
      .execute();
    const planned = await this.plannedIn(person, Date.parse(from), Date.parse(to), areaId);
    return {
      rounds: made.slice(0, mostShown).map((row) => ({
        ...timeOf(row, row.planId, row.startsAt, row.dueAt),
        id: row.id,
        state: row.state,
        assigneeId: row.assigneeId,
        assigneeName: row.assigneeName,
      })),
      planned: planned.slice(0, mostShown),
      isCut: made.length > mostShown || planned.length > mostShown,
    };
  }

  private async plannedIn(
    person: Person,
    from: number,
    to: number,
    areaId?: string,
  ): Promise<RoundCalendar['planned']> {
    const plans = await this.plans
      .view(person)
      .where('roundPlans.enabled', '=', true)
      .$if(areaId !== undefined, (query) => query.where(areaScope(areaId!)))
      .execute();
    const planned = plans.flatMap((plan) => {
      const windowMs = plan.windowMinutes * 60_000;
      // What has been made is a round; what should have been made long ago is none to come.
      const after = Math.max(from - windowMs, +plan.madeUntil, this.clock.now() - 1);
      return occurrences(plan.recurrence, after, to - 1, mostShown + 1).map((start) => ({
        ...timeOf(plan, plan.id, new Date(start), new Date(start + windowMs)),
        personId: plan.assignee.kind === 'person' ? plan.assignee.personId : null,
      }));
    });
    return planned.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  }
}

type Named = Pick<RoundCalendar['rounds'][number], 'title' | 'areaId' | 'areaName'>;
const timeOf = ({ title, areaId, areaName }: Named, planId: string, startsAt: Date, dueAt: Date) => ({
  planId,
  title,
  areaId,
  areaName,
  startsAt: startsAt.toISOString(),
  dueAt: dueAt.toISOString(),
});
