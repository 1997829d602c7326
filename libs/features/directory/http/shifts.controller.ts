import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Page, pageOf, type Person, type Shift, shiftSchema } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, CurrentPerson } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';

const shiftPageSchema = pageOf(shiftSchema);
const mostShifts = 1000;

@ApiTags('directory')
@Controller('shifts')
export class ShiftsController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Shifts that are under way or to come in the asking person's area and all below it, and their own everywhere. */
  @Get()
  @Answers(shiftPageSchema)
  async list(@CurrentPerson() person: Person): Promise<Page<Shift>> {
    const rows = await this.database
      .selectFrom('shifts')
      .innerJoin('areas', 'areas.id', 'shifts.areaId')
      .innerJoin('people', 'people.id', 'shifts.personId')
      .select(['shifts.id', 'shifts.personId', 'people.name as personName', 'shifts.areaId'])
      .select(['shifts.startsAt', 'shifts.endsAt'])
      .where('shifts.endsAt', '>', new Date(this.clock.now()))
      .where(({ or, eb }) => or([areaScope(person.areaId), eb('shifts.personId', '=', person.id)]))
      .orderBy('shifts.startsAt')
      .orderBy('shifts.id')
      .limit(mostShifts)
      .execute();
    return {
      items: rows.map((row) => ({
        ...row,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
      })),
      nextCursor: null,
    };
  }
}
