import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type AddedLeave,
  addedLeaveSchema,
  type CreateLeave,
  createLeaveSchema,
  type Leave,
  leaveSchema,
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

const leavePageSchema = pageOf(leaveSchema);
const mostLeave = 5000;

@ApiTags('directory')
@Controller('leave')
export class LeaveController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly leave: LeaveService,
  ) {}

  /** Who of the asking person's area is away, and their own leave. Why is for those who lead them, and for themselves. */
  @Get()
  @Answers(leavePageSchema)
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: timeRangeQuerySchema }) { from, to }: TimeRangeQuery,
  ): Promise<Page<Leave>> {
    const rows = await this.database
      .selectFrom('leave')
      .innerJoin('people', 'people.id', 'leave.personId')
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .select(['leave.id', 'personId', 'people.name as personName', 'startsAt', 'endsAt', 'leave.kind'])
      .where('endsAt', '>', new Date(from ?? this.clock.now()))
      .$if(to !== undefined, (query) => query.where('startsAt', '<', new Date(to!)))
      .where(({ or, eb }) =>
        or([eb('personId', '=', person.id), ...(person.role === 'officer' ? [] : [areaScope(person.areaId)])]),
      )
      .orderBy('startsAt')
      .orderBy('leave.id')
      .limit(mostLeave)
      .execute();
    const leads = person.role === 'admin' || person.role === 'manager';
    const items = rows.map((row) => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
      kind: leads || row.personId === person.id ? row.kind : null,
    }));
    return { items, nextCursor: null };
  }

  /** Takes somebody off duty for a time, and says where that leaves nobody. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(addedLeaveSchema, 201)
  @ApiProblems('not-found', 'shift-overlaps')
  add(@CurrentPerson() person: Person, @Body({ schema: createLeaveSchema }) body: CreateLeave): Promise<AddedLeave> {
    return this.leave.addLeave(person, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found')
  async remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    await this.leave.removeLeave(person, id);
  }
}
