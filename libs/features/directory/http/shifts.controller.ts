import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateShifts,
  createShiftsSchema,
  type Page,
  pageOf,
  type Person,
  type Shift,
  type ShiftQuery,
  shiftQuerySchema,
  shiftSchema,
  type UpdateShift,
  updateShiftSchema,
  uuidSchema,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';
import { ShiftsService, toShift } from '../shifts.service.js';

const shiftPageSchema = pageOf(shiftSchema);
/** Three shifts a day of a month, for fifty officers. */
const mostShifts = 5000;

@ApiTags('directory')
@Controller('shifts')
export class ShiftsController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly shifts: ShiftsService,
  ) {}

  /** Shifts in the asking person's area and all below it, and their own everywhere; from now on when `from` is left out. */
  @Get()
  @Answers(shiftPageSchema)
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: shiftQuerySchema }) { from, to, areaId }: ShiftQuery,
  ): Promise<Page<Shift>> {
    const rows = await this.database
      .selectFrom('shifts')
      .innerJoin('areas', 'areas.id', 'shifts.areaId')
      .innerJoin('people', 'people.id', 'shifts.personId')
      .select(['shifts.id', 'shifts.personId', 'people.name as personName', 'shifts.areaId'])
      .select(['shifts.startsAt', 'shifts.endsAt', 'shifts.rotationId'])
      .where('shifts.endsAt', '>', new Date(from ?? this.clock.now()))
      .$if(to !== undefined, (query) => query.where('shifts.startsAt', '<', new Date(to!)))
      .$if(areaId !== undefined, (query) => query.where(areaScope(areaId!)))
      .where(({ or, eb }) => or([areaScope(person.areaId), eb('shifts.personId', '=', person.id)]))
      .orderBy('shifts.startsAt')
      .orderBy('shifts.id')
      .limit(mostShifts)
      .execute();
    return { items: rows.map(toShift), nextCursor: null };
  }

  /** Puts an officer or an operator on shift in an area: all of the times or none. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(shiftPageSchema, 201)
  @ApiProblems('not-found', 'shift-overlaps')
  async add(
    @CurrentPerson() person: Person,
    @Body({ schema: createShiftsSchema }) body: CreateShifts,
  ): Promise<Page<Shift>> {
    return { items: await this.shifts.add(person, body), nextCursor: null };
  }

  /** Other times, or another officer. A shift of a rotation may be changed too; when the rotation changes, it is planned anew. */
  @Patch(':id')
  @Roles('admin', 'manager')
  @Answers(shiftSchema)
  @ApiProblems('not-found', 'shift-overlaps')
  update(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: updateShiftSchema }) body: UpdateShift,
  ): Promise<Shift> {
    return this.shifts.update(person, id, body);
  }

  /** Takes a shift out of the plan. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found')
  async remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    await this.shifts.remove(person, id);
  }
}
