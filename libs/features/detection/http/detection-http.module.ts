import { Module } from '@nestjs/common';
import { RuleStore } from '../rule-store.js';
import { RulesService } from '../rules/rules.service.js';
import { RulesReadModel } from './rules-read-model.js';
import { RulesController } from './rules.controller.js';

/** `/rules` and `GET /domains`, without a detector: for the gateway. */
@Module({ controllers: [RulesController], providers: [RuleStore, RulesService, RulesReadModel] })
export class DetectionHttpModule {}
