import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { serverCertificate, watchCertificate } from '@sc/platform/tls';
import type { FastifyInstance } from 'fastify';
import { graceMs } from './bounded-stop.js';

/** The same routes over HTTPS, on HTTPS_PORT. */
@Injectable()
export class HttpsListener implements BeforeApplicationShutdown {
  private server: Server | undefined;
  private endWatch: () => void = () => undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Call it after `app.listen()`. Does nothing without a port.
   * @throws TlsError in one line when the certificate cannot be used
   */
  async listen(port: number | undefined = this.settings.HTTPS_PORT, address = '0.0.0.0'): Promise<number | undefined> {
    if (port === undefined) return undefined;
    const read = () => serverCertificate(this.settings, this.clock);
    const current = await read();
    if (current.leftOut.length) this.logger.warn({ names: current.leftOut }, 'names the root may not vouch for');
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const plain = this.host.httpAdapter.getHttpServer() as HttpServer;
    const server = createServer({ cert: current.cert, key: current.key, minVersion: 'TLSv1.2' }, (request, response) =>
      fastify.routing(request, response),
    );
    server.requestTimeout = plain.requestTimeout;
    server.headersTimeout = plain.headersTimeout;
    server.keepAliveTimeout = plain.keepAliveTimeout;
    this.server = server;
    this.endWatch = watchCertificate({
      current,
      read,
      onChange: ({ cert, key }) => {
        server.setSecureContext({ cert, key });
        this.logger.info({}, 'certificate renewed');
      },
      onError: (err) => this.logger.error({ err }, 'certificate not renewed: the old one stays in use'),
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    const bound = server.address();
    return typeof bound === 'object' ? bound?.port : undefined;
  }

  beforeApplicationShutdown(): void {
    const { server } = this;
    if (!server) return;
    this.endWatch();
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
  }
}
