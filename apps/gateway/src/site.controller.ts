import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Site, siteSchema } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { Answers, Public } from '@sc/platform/http';

/** Injection token of the {@link SiteFacts}. */
export const SITE_FACTS = Symbol('SiteFacts');
export type SiteFacts = Omit<Site, 'serverTime'>;

@ApiTags('site')
@Controller('site')
export class SiteController {
  constructor(
    @Inject(SITE_FACTS) private readonly facts: SiteFacts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the console needs before the first screen; no login needed. */
  @Get()
  @Public()
  @Answers(siteSchema)
  site(): Site {
    return { ...this.facts, serverTime: new Date(this.clock.now()).toISOString() };
  }
}
