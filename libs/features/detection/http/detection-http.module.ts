import { Module } from '@nestjs/common';
import { RuleStore } from '../rule-store.js';
import { RulesController } from './rules.controller.js';

/** `GET /rules` and `GET /domains`, without a detector: for the gateway. */
@Module({ controllers: [RulesController], providers: [RuleStore] })
export class DetectionHttpModule {}
