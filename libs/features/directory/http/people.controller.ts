import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Page, pageOf, type Person, personSchema } from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';

const personPageSchema = pageOf(personSchema);
/** More staff than one community has; a list this long wants a search, not a longer list. */
const mostPeople = 1000;

@ApiTags('directory')
@Controller('people')
export class PeopleController {
  constructor(@Inject(DATABASE) private readonly database: Kysely<Database>) {}

  /** Active staff of the asking person's area and all below it. */
  @Get()
  @Roles('admin', 'operator', 'manager')
  @Answers(personPageSchema)
  async list(@CurrentPerson() person: Person): Promise<Page<Person>> {
    const items = await this.database
      .selectFrom('people')
      .innerJoin('areas', 'areas.id', 'people.areaId')
      .select(['people.id', 'people.login', 'people.name', 'people.role', 'people.areaId', 'people.locale'])
      .where('people.active', '=', true)
      .where(areaScope(person.areaId))
      .orderBy('people.name')
      .orderBy('people.id')
      .limit(mostPeople)
      .execute();
    return { items, nextCursor: null };
  }
}
