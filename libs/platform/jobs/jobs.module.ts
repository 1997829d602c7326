import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { JobClaims } from './claim.js';
import type { QueueConnection } from './connection.js';
import { JobFailures } from './failures.js';
import { JobFeeder } from './feeder.js';
import { JobQueue } from './queue.js';
import { OutboxRelay } from './relay.js';
import { JOB_QUEUE, UNWANTED_JOBS, type UnwantedJobs, WAKE_CONNECTION } from './tokens.js';
import { Wake } from './wake.js';

@Injectable()
class QueueCloser implements OnApplicationShutdown {
  constructor(@Inject(JOB_QUEUE) private readonly queue: JobQueue) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

export interface WakeOptions {
  /** Set where several processes share the work; left out, the program is alone and needs no connection for it. */
  connection?: QueueConnection;
}

/** `Wake` for every process that reads or writes events. */
@Module({ providers: [Wake], exports: [Wake] })
export class WakeModule {
  static forRoot({ connection }: WakeOptions = {}): DynamicModule {
    const providers = connection ? [{ provide: WAKE_CONNECTION, useValue: connection }] : [];
    return { module: WakeModule, global: true, providers };
  }
}

/** Relay, feeder and sweep, for the process that runs the handlers. Needs {@link WakeModule}. */
@Module({})
export class JobsModule {
  /** @param without kinds of jobs whose effect is switched off: events make none */
  static forRoot(connection: QueueConnection, without: UnwantedJobs = async () => []): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [
        {
          provide: JOB_QUEUE,
          inject: [LOGGER],
          useFactory: (logger: Logger) =>
            new JobQueue(connection, (error) => logger.warn({ err: error }, 'queue: error')),
        },
        { provide: UNWANTED_JOBS, useValue: without },
        JobClaims,
        JobFailures,
        OutboxRelay,
        JobFeeder,
        QueueCloser,
      ],
      exports: [JOB_QUEUE, JobClaims, JobFailures],
    };
  }
}
