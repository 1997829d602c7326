import { type DynamicModule, Module } from '@nestjs/common';
import type { ProcessKind } from '@sc/contracts';
import { Backlog } from './backlog.js';
import { PROCESS_KIND, ProcessReporter } from './process-reporter.js';
import { QueueMeasurer } from './queue-measurer.js';

const runsJobs: ReadonlySet<ProcessKind> = new Set<ProcessKind>(['community', 'dispatch']);

/** Makes a process say how it is. Needs the global modules of database, health and logging, and of jobs where they run. */
@Module({})
export class SystemModule {
  static forRoot(kind: ProcessKind): DynamicModule {
    return {
      module: SystemModule,
      global: true,
      providers: [
        { provide: PROCESS_KIND, useValue: kind },
        ProcessReporter,
        ...(runsJobs.has(kind) ? [Backlog, QueueMeasurer] : []),
      ],
      exports: [PROCESS_KIND],
    };
  }
}
