import { Inject, Injectable } from '@nestjs/common';
import type { AlarmLoad, AlarmLoadQuery, Person, Text } from '@sc/contracts';
import { Directory, placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { BadActors } from './bad-actors.js';
import { figuresOf } from './figures.js';
import { bucketMs, type LoadCount, LoadMeter } from './load-meter.js';
import { ToldAlarms } from './told-alarms.js';

/** So far back we look for a flood in which the range begins. */
const lookBackMs = 2 * 3_600_000;

interface Range {
  areaId: string;
  from: number;
  to: number;
}

/** How many alarms the operator of an area had to take in, and which ones were the most. */
@Injectable()
export class AlarmLoadService {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly told: ToldAlarms,
    private readonly badActors: BadActors,
  ) {}

  /** @throws ProblemError `not-found` (area or shift out of sight), `invalid-request` (nothing of it is past), `too-large` */
  async load(person: Person, query: AlarmLoadQuery): Promise<AlarmLoad> {
    const { areaId, from, to } = await this.rangeOf(person, query);
    const meter = new LoadMeter(from, to);
    for await (const alarm of this.told.between(areaId, from - lookBackMs, to)) meter.add(alarm);
    const count = meter.result();
    const stale = await this.told.staleAt(areaId, to);
    return {
      areaId,
      areaName: await this.nameOf(areaId),
      from: iso(from),
      to: iso(to),
      alarms: count.alarms,
      operators: await this.operatorsOf(areaId),
      figures: figuresOf(count, { rangeMs: to - from, stale }),
      buckets: bucketsOf(count, from),
      floods: count.floods.map((flood) => ({ from: iso(flood.from), to: iso(flood.to), alarms: flood.alarms })),
      ...(await this.badActors.of(count)),
    };
  }

  /** What is still to come counts for nothing: a shift that is under way is counted up to now. */
  private async rangeOf(person: Person, query: AlarmLoadQuery): Promise<Range> {
    const shift = query.shiftId ? await this.shift(query.shiftId) : undefined;
    const areaId = query.areaId ?? shift?.areaId ?? person.areaId;
    if (!(await this.directory.isInScope(person.areaId, areaId))) throw missing('areaId', commonRefusals.noArea);
    const from = shift?.startsAt.getTime() ?? Date.parse(query.from!);
    const to = Math.min(shift?.endsAt.getTime() ?? Date.parse(query.to!), this.clock.now());
    if (to > from) return { areaId, from, to };
    throw new ProblemError('invalid-request', commonRefusals.stillToCome, [
      { path: 'from', message: commonRefusals.stillToCome },
    ]);
  }

  private async shift(id: string) {
    const row = await this.db.selectFrom('shifts').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw missing('shiftId', commonRefusals.noShift);
    return row;
  }

  private async nameOf(areaId: string) {
    const row = await this.db
      .selectFrom('areas')
      .select(placeName.as('name'))
      .where('areas.id', '=', areaId)
      .executeTakeFirstOrThrow();
    return row.name;
  }

  private async operatorsOf(areaId: string): Promise<number> {
    const row = await this.db
      .selectFrom('people')
      .select(({ fn }) => fn.countAll<number>().as('operators'))
      .where('role', '=', 'operator')
      .where('active', '=', true)
      .where('areaId', '=', areaId)
      .executeTakeFirstOrThrow();
    return Number(row.operators);
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const missing = (path: string, reason: Text) => new ProblemError('not-found', reason, [{ path, message: reason }]);

function bucketsOf({ buckets, floods }: LoadCount, from: number): AlarmLoad['buckets'] {
  return buckets.map((alarms, index) => {
    const at = from + index * bucketMs;
    return { at: iso(at), alarms, flood: floods.some((flood) => flood.from < at + bucketMs && flood.to > at) };
  });
}
