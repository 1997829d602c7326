import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateOverride,
  createOverrideSchema,
  type Override,
  overrideSchema,
  type Page,
  pageOf,
  type Person,
  type TimeRangeQuery,
  timeRangeQuerySchema,
  uuidSchema,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';
import { LeaveService } from '../leave.service.js';

const overridePageSchema = pageOf(overrideSchema);
const mostOverrides = 5000;

@ApiTags('directory')
@Controller('overrides')
export class OverridesController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly leave: LeaveService,
  ) {}

  /** Who stands in for whom in the asking person's area, and where they are part of it themselves. */
  @Get()
  @Answers(overridePageSchema)
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: timeRangeQuerySchema }) { from, to }: TimeRangeQuery,
  ): Promise<Page<Override>> {
    const rows = await this.all()
      .where('shiftOverrides.endsAt', '>', new Date(from ?? this.clock.now()))
      .$if(to !== undefined, (query) => query.where('shiftOverrides.startsAt', '<', new Date(to!)))
      .where(({ or, eb }) =>
        or([areaScope(person.areaId), eb('personId', '=', person.id), eb('substituteId', '=', person.id)]),
      )
      .orderBy('shiftOverrides.startsAt')
      .orderBy('shiftOverrides.id')
      .limit(mostOverrides)
      .execute();
    return { items: rows.map(toOverride), nextCursor: null };
  }

  /** Somebody takes over a shift, or a part of it. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(overrideSchema, 201)
  @ApiProblems('not-found', 'shift-overlaps')
  async add(
    @CurrentPerson() person: Person,
    @Body({ schema: createOverrideSchema }) body: CreateOverride,
  ): Promise<Override> {
    const id = await this.leave.addOverride(person, body);
    return toOverride(await this.all().where('shiftOverrides.id', '=', id).executeTakeFirstOrThrow());
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found')
  async remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    await this.leave.removeOverride(person, id);
  }

  private all() {
    return this.database
      .selectFrom('shiftOverrides')
      .innerJoin('areas', 'areas.id', 'shiftOverrides.areaId')
      .innerJoin('people', 'people.id', 'shiftOverrides.personId')
      .innerJoin('people as substitute', 'substitute.id', 'shiftOverrides.substituteId')
      .select(['shiftOverrides.id', 'shiftOverrides.areaId', 'personId', 'people.name as personName'])
      .select(['substituteId', 'substitute.name as substituteName', 'startsAt', 'endsAt']);
  }
}

const toOverride = <T extends { startsAt: Date; endsAt: Date }>(row: T) => ({
  ...row,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
});
