import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type Page,
  pageOf,
  type Person,
  type PersonSkills,
  personSkillsSchema,
  type Skill,
  skillSchema,
  type UpdateSkill,
  updateSkillSchema,
  uuidSchema,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { SkillsService } from '../skills.service.js';

const skillPageSchema = pageOf(skillSchema);

@ApiTags('directory')
@Controller()
export class SkillsController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly skills: SkillsService,
  ) {}

  /** Everything that people of this site can be known for. */
  @Get('skills')
  @Answers(skillPageSchema)
  async list(): Promise<Page<Skill>> {
    const items = await this.database.selectFrom('skills').select(['slug', 'title']).orderBy('slug').execute();
    return { items, nextCursor: null };
  }

  @Post('skills')
  @Roles('admin', 'manager')
  @Answers(skillSchema, 201)
  @ApiProblems('already-exists')
  add(@CurrentPerson() person: Person, @Body({ schema: skillSchema }) body: Skill): Promise<Skill> {
    return this.skills.add(person, body);
  }

  @Patch('skills/:slug')
  @Roles('admin', 'manager')
  @Answers(skillSchema)
  @ApiProblems('not-found')
  rename(
    @CurrentPerson() person: Person,
    @Param('slug') slug: string,
    @Body({ schema: updateSkillSchema }) { title }: UpdateSkill,
  ): Promise<Skill> {
    return this.skills.rename(person, slug, title);
  }

  /** Only while nothing asks for it and nobody is known for it: the answer names who and what. */
  @Delete('skills/:slug')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found', 'in-use')
  async remove(@CurrentPerson() person: Person, @Param('slug') slug: string): Promise<void> {
    await this.skills.remove(person, slug);
  }

  /** What somebody can do, as a whole. */
  @Put('people/:id/skills')
  @Roles('admin', 'manager')
  @Answers(personSkillsSchema)
  @ApiProblems('not-found')
  async setOf(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: personSkillsSchema }) { skills }: PersonSkills,
  ): Promise<PersonSkills> {
    return { skills: await this.skills.setOf(person, id, skills) };
  }
}
