import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { EscalationChains } from './escalation-chains.service.js';

/** Chains of escalation. Needs the database and the clock module. */
@Module({ imports: [DirectoryModule], providers: [EscalationChains], exports: [EscalationChains] })
export class EscalationModule {}
