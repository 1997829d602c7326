import { Module } from '@nestjs/common';
import { DirectoryModule } from '@sc/features/directory';
import { EvaluationService } from '../evaluation.service.js';
import { RowNames } from '../row-names.js';
import { EvaluationController } from './evaluation.controller.js';

/** `/evaluation`. Needs the database, the clock and the settings. */
@Module({
  imports: [DirectoryModule],
  controllers: [EvaluationController],
  providers: [EvaluationService, RowNames],
})
export class EvaluationHttpModule {}
