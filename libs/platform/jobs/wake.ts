import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@sc/platform/database';

type Topic = 'outbox' | 'jobs' | 'replays';

/**
 * "Look now" between the parts of one process: after a commit that wrote events or jobs. Only a hint that saves the
 * wait for the next poll; every listener also looks by itself.
 */
@Injectable()
export class Wake implements OnModuleInit, OnModuleDestroy {
  private readonly listeners: Record<Topic, Set<() => void>> = {
    outbox: new Set(),
    jobs: new Set(),
    replays: new Set(),
  };
  private unsubscribe?: () => void;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  onModuleInit(): void {
    this.unsubscribe = this.unitOfWork.onCommit(({ events, jobs }) => {
      if (events) this.notify('outbox');
      if (jobs) this.notify('jobs');
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  notify(topic: Topic): void {
    for (const listener of this.listeners[topic]) listener();
  }

  on(topic: Topic, listener: () => void): () => void {
    this.listeners[topic].add(listener);
    return () => this.listeners[topic].delete(listener);
  }
}
