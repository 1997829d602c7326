import { Module } from '@nestjs/common';
import { ExportFiles } from '../export-files.js';
import { ExportRunner } from '../export-runner.js';
import { ExportStore } from '../export-store.js';
import { EXPORT_LIMITS, exportLimits } from '../limits.js';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';

/** The `/exports` routes and what makes the files, for the gateway. Needs TIME_SERIES. */
@Module({
  controllers: [ExportsController],
  providers: [
    ExportsService,
    ExportStore,
    ExportFiles,
    ExportRunner,
    { provide: EXPORT_LIMITS, useValue: exportLimits },
  ],
})
export class ExportsHttpModule {}
