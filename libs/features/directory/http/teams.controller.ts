import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type CreateTeam,
  createTeamSchema,
  type Page,
  pageOf,
  type Person,
  type Team,
  teamSchema,
  type UpdateTeam,
  updateTeamSchema,
  uuidSchema,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { areaScope, isAbove } from '../area-scope.js';
import { TeamsService } from '../teams.service.js';

const teamPageSchema = pageOf(teamSchema);

@ApiTags('directory')
@Controller('teams')
export class TeamsController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly teams: TeamsService,
  ) {}

  /** Teams that work in the asking person's area, or in a larger one that it lies in; also those that are no longer. */
  @Get()
  @Answers(teamPageSchema)
  async list(@CurrentPerson() person: Person): Promise<Page<Team>> {
    return { items: await this.seenBy(person), nextCursor: null };
  }

  @Post()
  @Roles('admin', 'manager')
  @Answers(teamSchema, 201)
  @ApiProblems('not-found')
  async create(@CurrentPerson() person: Person, @Body({ schema: createTeamSchema }) body: CreateTeam): Promise<Team> {
    const id = await this.teams.create(person, body);
    return this.one(person, id);
  }

  @Patch(':id')
  @Roles('admin', 'manager')
  @Answers(teamSchema)
  @ApiProblems('not-found')
  async update(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: updateTeamSchema }) body: UpdateTeam,
  ): Promise<Team> {
    await this.teams.update(person, id, body);
    return this.one(person, id);
  }

  private async one(person: Person, id: string): Promise<Team> {
    return (await this.seenBy(person)).find((team) => team.id === id)!;
  }

  private seenBy({ areaId }: Person): Promise<Team[]> {
    return this.database
      .selectFrom('teams')
      .innerJoin('areas', 'areas.id', 'teams.areaId')
      .select(['teams.id', 'teams.name', 'teams.areaId', 'contractor', 'leadId', 'active'])
      .select(
        sql<Team['members']>`coalesce((
          select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name, p.id)
          from team_members m join people p on p.id = m.person_id where m.team_id = teams.id), '[]')`.as('members'),
      )
      .where(({ or }) => or([areaScope(areaId), isAbove(areaId)]))
      .orderBy('areas.path')
      .orderBy('teams.createdAt')
      .orderBy('teams.id')
      .execute();
  }
}
