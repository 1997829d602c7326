import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { DetectionEngine } from './detection-engine.js';
import { RuleStore } from './rule-store.js';

/** A rule changed by a person is in force within this time. */
const refreshMs = 5_000;

/** Puts the default rules into PostgreSQL and keeps the detector's copy of the table fresh. */
@Injectable()
export class RuleRefresher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly engine: DetectionEngine,
    private readonly rules: RuleStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rules.seedDefaults();
    await this.engine.refreshRules();
    this.schedule();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.running = this.refresh();
    }, refreshMs);
  }

  private async refresh(): Promise<void> {
    try {
      await this.engine.refreshRules();
    } catch (error) {
      this.logger.warn({ err: error }, 'rules not refreshed, the old ones stay in force');
    }
    if (this.timer) this.schedule();
  }
}
