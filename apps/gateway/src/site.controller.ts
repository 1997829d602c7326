import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Site, siteSchema } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { Answers, ApiProblems, ProblemError, Public } from '@sc/platform/http';
import { lanAddresses, rootCertificate } from '@sc/platform/tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusals } from './refusals.js';

/** Injection token of the {@link SiteFacts}. */
export const SITE_FACTS = Symbol('SiteFacts');
export type SiteFacts = Pick<Site, 'demo' | 'timeZone' | 'mqttPort'>;

const loopback = /^(::ffff:)?127\.|^::1$/;

@ApiTags('site')
@Controller('site')
export class SiteController {
  constructor(
    @Inject(SITE_FACTS) private readonly facts: SiteFacts,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the console needs before the first screen; no login needed. */
  @Get()
  @Public()
  @Answers(siteSchema)
  site(@Req() request: FastifyRequest): Site {
    const { HTTP_PORT, HTTPS_PORT, MQTTS_PORT, TLS_CERT, PUBLIC_URL } = this.settings;
    return {
      ...this.facts,
      serverTime: new Date(this.clock.now()).toISOString(),
      httpPort: HTTP_PORT,
      httpsPort: HTTPS_PORT ?? null,
      publicUrl: PUBLIC_URL?.replace(/\/$/, '') ?? null,
      ownRoot: !TLS_CERT && (HTTPS_PORT ?? MQTTS_PORT) !== undefined,
      addresses: loopback.test(request.ip) ? lanAddresses() : [],
    };
  }

  /** The root certificate that phones and devices install, DER. It is no secret; its key never leaves the machine. */
  @Get('root.crt')
  @Public()
  @ApiOkResponse({
    description: 'The certificate.',
    content: { 'application/x-x509-ca-cert': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('not-found')
  async root(@Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const root = await rootCertificate(this.settings);
    if (!root) throw new ProblemError('not-found', refusals.noRootCertificate);
    void reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="smart-community-root.crt"');
    return root;
  }
}
