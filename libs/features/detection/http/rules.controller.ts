import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type CreateRule,
  createRuleSchema,
  type Domain,
  domainSchema,
  type Person,
  type RestoreRule,
  restoreRuleSchema,
  type RuleDetail,
  ruleDetailSchema,
  type RuleVersion,
  ruleVersionSchema,
  type RuleView,
  ruleViewSchema,
  slugSchema,
  type SwitchRule,
  switchRuleSchema,
  type UpdateRule,
  updateRuleSchema,
} from '@sc/contracts';
import { domains } from '@sc/domains';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { z } from 'zod';
import { RuleStore } from '../rule-store.js';
import { RulesService } from '../rules/rules.service.js';
import { RulesReadModel } from './rules-read-model.js';

const ruleListSchema = z.object({ items: z.array(ruleViewSchema) });
const versionListSchema = z.object({ items: z.array(ruleVersionSchema) });
const domainListSchema = z.object({ items: z.array(domainSchema) });
const slug = { schema: slugSchema };

@ApiTags('detection')
@Controller()
export class RulesController {
  constructor(
    private readonly store: RuleStore,
    private readonly rules: RulesService,
    private readonly readModel: RulesReadModel,
  ) {}

  /** All rules with how they are: those in force, switched off, and stopped by the platform. */
  @Get('rules')
  @ApiOkResponse({ standardSchema: ruleListSchema })
  async list(@CurrentPerson() person: Person): Promise<{ items: RuleView[] }> {
    return { items: await this.readModel.list(person) };
  }

  /** A new rule, perhaps made of another. Life safety only by administrators. */
  @Post('rules')
  @Roles('admin', 'manager')
  @Answers(ruleDetailSchema, 201)
  @ApiProblems('already-exists', 'invalid-rule')
  async create(
    @CurrentPerson() person: Person,
    @Body({ schema: createRuleSchema }) body: CreateRule,
  ): Promise<RuleDetail> {
    return this.readModel.one(person, await this.rules.create(person, body));
  }

  @Get('rules/:id')
  @Answers(ruleDetailSchema)
  @ApiProblems('not-found')
  one(@CurrentPerson() person: Person, @Param('id', slug) id: string): Promise<RuleDetail> {
    return this.readModel.one(person, id);
  }

  /** Puts a whole definition in force. `conflict` when another version than the one it is based on is in force by now. */
  @Put('rules/:id')
  @Roles('admin', 'manager')
  @Answers(ruleDetailSchema)
  @ApiProblems('not-found', 'conflict', 'invalid-rule', 'note-required')
  async update(
    @CurrentPerson() person: Person,
    @Param('id', slug) id: string,
    @Body({ schema: updateRuleSchema }) body: UpdateRule,
  ): Promise<RuleDetail> {
    await this.rules.update(person, id, body);
    return this.readModel.one(person, id);
  }

  /** Only of a rule that people made and no alarm refers to; others are switched off. */
  @Delete('rules/:id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is gone.' })
  @Roles('admin', 'manager')
  @ApiProblems('not-found', 'action-not-allowed')
  async remove(@CurrentPerson() person: Person, @Param('id', slug) id: string): Promise<void> {
    await this.rules.remove(person, id);
  }

  /** On or off; on also starts a rule again that was stopped. Of life safety, off needs a note. */
  @Post('rules/:id/switch')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(ruleDetailSchema)
  @ApiProblems('not-found', 'invalid-rule', 'note-required')
  async switch(
    @CurrentPerson() person: Person,
    @Param('id', slug) id: string,
    @Body({ schema: switchRuleSchema }) body: SwitchRule,
  ): Promise<RuleDetail> {
    await this.rules.switch(person, id, body);
    return this.readModel.one(person, id);
  }

  /** Every version that was ever in force, the newest first, at most 200. */
  @Get('rules/:id/versions')
  @Answers(versionListSchema)
  @ApiProblems('not-found')
  async versions(@Param('id', slug) id: string): Promise<{ items: RuleVersion[] }> {
    return { items: await this.readModel.versions(id) };
  }

  /** Puts an earlier version, or the one that the program brings, in force again as a new version. */
  @Post('rules/:id/restore')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @Answers(ruleDetailSchema)
  @ApiProblems('not-found', 'conflict', 'invalid-rule')
  async restore(
    @CurrentPerson() person: Person,
    @Param('id', slug) id: string,
    @Body({ schema: restoreRuleSchema }) body: RestoreRule,
  ): Promise<RuleDetail> {
    await this.rules.restore(person, id, body);
    return this.readModel.one(person, id);
  }

  /** The rules that are judged on a device while they are on, also those of a group that it is a member of. */
  @Get('devices/:community/:device/rules')
  @Answers(ruleListSchema)
  @ApiProblems('not-found')
  async ofDevice(
    @CurrentPerson() person: Person,
    @Param('community', slug) community: string,
    @Param('device', slug) device: string,
  ): Promise<{ items: RuleView[] }> {
    return { items: await this.readModel.ofDevice(person, `${community}/${device}`) };
  }

  /** Every kind of device with its metrics, events and stored rules. */
  @Get('domains')
  @ApiOkResponse({ standardSchema: domainListSchema })
  async domains(): Promise<{ items: Domain[] }> {
    const rules = await this.store.load();
    return {
      items: domains.map((domain) => ({ ...domain, rules: rules.filter((rule) => rule.domain === domain.name) })),
    };
  }
}
