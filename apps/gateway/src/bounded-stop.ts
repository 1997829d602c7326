import type { Server } from 'node:http';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Requests under way get this long to end after a stop was asked for. */
export const graceMs = 3000;

/**
 * A server that closes waits for its connections, also for those on which nothing was ever sent: browsers open such
 * ones in advance, and Node counts them as busy for a minute.
 */
@Injectable()
export class BoundedStop implements BeforeApplicationShutdown {
  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
  }
}
