import { Inject, Injectable } from '@nestjs/common';
import { type DirectoryWarning, type DirectoryWarnings, mostHouseholds, type Person, warningDays } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';
import { readPlan } from './read-plan.js';
import { dutySpans, type Span, without } from './spans.js';

const dayMs = 24 * 3_600_000;
const mostGaps = 20;
const urgencies = ['now', 'day', 'week'];

/** What whoever runs an area should know of its duty grids before an alarm shows it. */
@Injectable()
export class WarningsService {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(person: Person): Promise<DirectoryWarnings> {
    const week = { from: this.clock.now(), to: this.clock.now() + warningDays * dayMs };
    const grids = await this.database
      .selectFrom('areas')
      .select(['id', 'households'])
      .where('kind', '=', 'duty-grid')
      .where(areaScope(person.areaId))
      .orderBy('path')
      .execute();
    const plan = await readPlan(this.database, person.areaId, week);
    const areaIds = [...new Set(plan.shifts.map(({ areaId }) => areaId))];
    const paths = areaIds.length
      ? await this.database.selectFrom('areas').select(['id', 'path']).where('id', 'in', areaIds).execute()
      : [];
    const pathOf = new Map(paths.map(({ id, path }) => [id, path]));
    const spans = dutySpans(plan);
    const items = grids.flatMap(({ id, households }): DirectoryWarning[] => {
      const there = spans.filter(({ areaId }) => pathOf.get(areaId)?.includes(id));
      const gaps = without([week], there);
      return [
        ...(gaps.length ? [nobodyOnShift(id, gaps, week.from)] : []),
        ...((households ?? 0) > mostHouseholds
          ? [{ code: 'too-many-households' as const, areaId: id, households: households! }]
          : []),
      ];
    });
    return {
      items: items.sort((a, b) => rankOf(a) - rankOf(b)),
      checkedAt: new Date(week.from).toISOString(),
      checkedUntil: new Date(week.to).toISOString(),
    };
  }
}

function nobodyOnShift(areaId: string, gaps: readonly Span[], now: number): DirectoryWarning {
  const wait = gaps[0]!.from - now;
  return {
    code: 'nobody-on-shift',
    areaId,
    urgency: wait <= 0 ? 'now' : wait < dayMs ? 'day' : 'week',
    gaps: gaps.slice(0, mostGaps).map(({ from, to }) => ({
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(to).toISOString(),
    })),
    gapMinutes: Math.round(gaps.reduce((sum, { from, to }) => sum + to - from, 0) / 60_000),
  };
}

const rankOf = (warning: DirectoryWarning): number =>
  warning.code === 'nobody-on-shift' ? urgencies.indexOf(warning.urgency) : urgencies.length;
