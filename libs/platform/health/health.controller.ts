import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { HealthRegistry } from './health-registry.js';
import { Probes } from './probes.js';

/** For supervisors and Prometheus; not below the API's prefix. Numbers only, nothing about persons, so they need no login. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly probes: Probes,
  ) {}

  /** The process runs and its event loop turns. A supervisor restarts it when this stays away. */
  @Get('healthz')
  alive(@Res() reply: FastifyReply): void {
    void reply.header('cache-control', 'no-store').send({ status: 'ok', checks: {} });
  }

  /** Whether requests should come here now. */
  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const health = await this.health.report();
    const takesWork = health.status === 'ok' || health.status === 'degraded';
    void reply
      .header('cache-control', 'no-store')
      .code(takesWork ? 200 : 503)
      .send(health);
  }

  @Get('metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    await this.probes.run();
    void reply.type(register.contentType).send(await register.metrics());
  }
}
