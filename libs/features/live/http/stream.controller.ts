import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Person } from '@sc/contracts';
import { ApiProblems, type AuthenticatedRequest, CurrentPerson, ProblemError } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { LiveStreams } from '../live-streams.js';
import { refusals } from '../refusals.js';

@ApiTags('live')
@Controller('stream')
export class StreamController {
  constructor(private readonly streams: LiveStreams) {}

  /**
   * Server-Sent Events in commit order, from now on or after `Last-Event-ID`. First `hello` with the position the
   * stream begins at, then one event per change the person may see: its type as `event`, its position as `id`, and as
   * `data` an object of position, id, type, payload, areaId, subjectId, occurredAt. A `heartbeat` every 15 seconds tells a quiet
   * stream from a dead one.
   */
  @Get()
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The position after which to go on.' })
  @ApiOkResponse({ description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems('too-many-attempts')
  open(
    @CurrentPerson() person: Person,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() { session }: AuthenticatedRequest,
    @Res() reply: FastifyReply,
  ): void {
    const position = parsePosition(lastEventId);
    this.streams.assertRoomFor(person);
    // HEAD comes here too, and has no body that could be streamed.
    if (reply.request.method !== 'GET') return void reply.send();
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // Nothing follows on this connection; kept alive it would hold up a stop.
      connection: 'close',
      'x-request-id': reply.request.id,
    });
    reply.raw.socket?.setNoDelay(true);
    this.streams.open(person, session!, reply.raw, position);
  }
}

function parsePosition(lastEventId: string | undefined): number | undefined {
  if (!lastEventId) return undefined;
  const position = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : undefined;
  if (position === undefined)
    throw new ProblemError('invalid-request', refusals.strangePosition, [
      { path: 'Last-Event-ID', message: refusals.startFromNow },
    ]);
  return position;
}
