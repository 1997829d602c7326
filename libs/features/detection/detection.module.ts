import { Module } from '@nestjs/common';
import { DetectionEngine } from './detection-engine.js';
import { MemoryKeeper } from './memory/memory-keeper.js';
import { RuleRefresher } from './rule-refresher.js';
import { RuleStore } from './rule-store.js';

/** Detection for the process that takes in messages. Needs the global database, clock and logging modules. */
@Module({ providers: [RuleStore, DetectionEngine, RuleRefresher, MemoryKeeper], exports: [DetectionEngine, RuleStore] })
export class DetectionModule {}
