import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { EscalationModule } from '../escalation.module.js';
import { EscalationController } from './escalation.controller.js';
import { EscalationReadModel } from './escalation-read-model.js';

/** `/escalation-chains`. Needs the database. */
@Module({
  imports: [EscalationModule, DirectoryModule],
  controllers: [EscalationController],
  providers: [EscalationReadModel],
})
export class EscalationHttpModule {}
