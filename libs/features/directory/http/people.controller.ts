import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type CreatePerson,
  createPersonSchema,
  type ListedStaff,
  listedStaffSchema,
  type Page,
  pageOf,
  type PeopleQuery,
  peopleQuerySchema,
  type Person,
  type PersonCredentials,
  personCredentialsSchema,
  type Staff,
  staffSchema,
  type UpdatePerson,
  updatePersonSchema,
  uuidSchema,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { areaScope } from '../area-scope.js';
import { StaffService } from '../staff.service.js';

const staffPageSchema = pageOf(listedStaffSchema);
/** More staff than one street has; a list this long wants a search, not a longer list. */
const mostPeople = 10_000;

@ApiTags('directory')
@Controller('people')
export class PeopleController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly staff: StaffService,
  ) {}

  /** Staff of the asking person's area and all below it. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(staffPageSchema)
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: peopleQuerySchema }) { state }: PeopleQuery,
  ): Promise<Page<ListedStaff>> {
    const items = await this.database
      .selectFrom('people')
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .select(['people.id', 'people.login', 'people.name', 'people.role', 'people.areaId', 'people.locale', 'active'])
      .select(
        sql<string[]>`array(select skill from person_skills where person_id = people.id order by skill)`.as('skills'),
      )
      .where(areaScope(person.areaId))
      .$if(state === 'active', (query) => query.where('people.active', '=', true))
      .orderBy('people.name')
      .orderBy('people.id')
      .limit(mostPeople)
      .execute();
    return { items, nextCursor: null };
  }

  /** Adds somebody and answers their first password, once. */
  @Post()
  @Roles('admin', 'manager')
  @Answers(personCredentialsSchema, 201)
  @ApiProblems('not-found', 'already-exists')
  create(
    @CurrentPerson() person: Person,
    @Body({ schema: createPersonSchema }) body: CreatePerson,
  ): Promise<PersonCredentials> {
    return this.staff.create(person, body);
  }

  /** Changes name, role, area or language, or whether they may log in. */
  @Patch(':id')
  @Roles('admin', 'manager')
  @Answers(staffSchema)
  @ApiProblems('not-found', 'action-not-allowed')
  update(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: updatePersonSchema }) body: UpdatePerson,
  ): Promise<Staff> {
    return this.staff.update(person, id, body);
  }

  /** A new first password, answered once; every session of this person ends. */
  @Post(':id/password')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(personCredentialsSchema)
  @ApiProblems('not-found')
  resetPassword(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
  ): Promise<PersonCredentials> {
    return this.staff.resetPassword(person, id);
  }
}
