import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Domain, domainSchema, type Rule, ruleSchema } from '@sc/contracts';
import { domains } from '@sc/domains';
import { z } from 'zod';
import { RuleStore } from '../rule-store.js';

const ruleListSchema = z.object({ items: z.array(ruleSchema) });
const domainListSchema = z.object({ items: z.array(domainSchema) });

@ApiTags('detection')
@Controller()
export class RulesController {
  constructor(private readonly rules: RuleStore) {}

  /** The rules in force and those switched off. */
  @Get('rules')
  @ApiOkResponse({ standardSchema: ruleListSchema })
  async list(): Promise<{ items: Rule[] }> {
    return { items: await this.rules.load() };
  }

  /** Every kind of device with its metrics, events and stored rules. */
  @Get('domains')
  @ApiOkResponse({ standardSchema: domainListSchema })
  async domains(): Promise<{ items: Domain[] }> {
    const rules = await this.rules.load();
    return {
      items: domains.map((domain) => ({ ...domain, rules: rules.filter((rule) => rule.domain === domain.name) })),
    };
  }
}
