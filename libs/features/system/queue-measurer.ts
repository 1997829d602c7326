import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Probes } from '@sc/platform/health';
import { JOB_QUEUE, type JobQueue, lanes } from '@sc/platform/jobs';
import { Backlog } from './backlog.js';
import { systemMetrics } from './metrics.js';

/** Writes down, whenever somebody looks at the metrics, what waits in the queue and in PostgreSQL. For the process that runs the jobs. */
@Injectable()
export class QueueMeasurer implements OnModuleInit {
  constructor(
    private readonly probes: Probes,
    private readonly backlog: Backlog,
    @Inject(JOB_QUEUE) private readonly queue: JobQueue,
  ) {}

  onModuleInit(): void {
    // Two, so that a queue that is away does not hide what PostgreSQL knows.
    this.probes.add(() => this.measureQueue());
    this.probes.add(() => this.measureBacklog());
  }

  private async measureQueue(): Promise<void> {
    for (const lane of lanes)
      for (const [state, count] of Object.entries(await this.queue.countsOf(lane)))
        systemMetrics.tickets.set({ lane, state }, count);
  }

  private async measureBacklog(): Promise<void> {
    const { jobs, outbox, deadLetters } = await this.backlog.read();
    for (const { lane, due, scheduled, dead, oldestDueSeconds } of jobs) {
      systemMetrics.jobs.set({ lane, state: 'due' }, due);
      systemMetrics.jobs.set({ lane, state: 'scheduled' }, scheduled);
      systemMetrics.jobs.set({ lane, state: 'dead' }, dead);
      systemMetrics.oldestDueSeconds.set({ lane }, oldestDueSeconds ?? 0);
    }
    systemMetrics.outboxEvents.set(outbox.events);
    systemMetrics.outboxOldestSeconds.set(outbox.oldestSeconds ?? 0);
    systemMetrics.deadLetters.reset();
    systemMetrics.deadLettersLastHour.reset();
    for (const { kind, reason, total, lastHour } of deadLetters) {
      systemMetrics.deadLetters.set({ kind, reason }, total);
      systemMetrics.deadLettersLastHour.set({ kind, reason }, lastHour);
    }
  }
}
