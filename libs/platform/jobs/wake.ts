import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit, Optional } from '@nestjs/common';
import { UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { QueueConnection } from './connection.js';
import { WAKE_CONNECTION } from './tokens.js';
import { WakeRelay } from './wake-relay.js';

const topics = ['outbox', 'jobs', 'replays'] as const;
type Topic = (typeof topics)[number];

/**
 * "Look now" between the parts of one process, and with a connection between processes: after a commit that wrote events or jobs.
 * Only a hint that saves the wait for the next poll; every listener also looks by itself.
 */
@Injectable()
export class Wake implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Map<string, Set<() => void>>(topics.map((topic) => [topic, new Set()]));
  private unsubscribe?: () => void;
  private relay?: WakeRelay<Topic>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Optional() @Inject(WAKE_CONNECTION) private readonly connection?: QueueConnection,
    @Optional() @Inject(LOGGER) private readonly logger?: Logger,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.unitOfWork.onCommit(({ events, jobs }) => {
      if (events) this.notify('outbox');
      if (jobs) this.notify('jobs');
    });
    if (!this.connection || !this.logger) return;
    this.relay = new WakeRelay<Topic>(this.connection, (topic) => this.tell(topic), this.logger);
    this.relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.unsubscribe?.();
    await this.relay?.stop();
  }

  notify(topic: Topic): void {
    this.tell(topic);
    this.relay?.send(topic);
  }

  on(topic: Topic, listener: () => void): () => void {
    this.listeners.get(topic)?.add(listener);
    return () => this.listeners.get(topic)?.delete(listener);
  }

  private tell(topic: Topic): void {
    // From another version of the program there may come topics that this one does not know.
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}
