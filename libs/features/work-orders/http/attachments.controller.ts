import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Person, uuidSchema } from '@sc/contracts';
import { ApiProblems, CurrentPerson, ProblemError } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { AttachmentsService } from '../attachments.service.js';

@ApiTags('work orders')
@Controller('attachments')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  /** The photo itself, for those who may see its order. */
  @Get(':id')
  @ApiOkResponse({
    description: 'The photo.',
    content: { 'image/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('not-found')
  async read(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const photo = await this.attachments.read(person, id);
    if (!photo) throw new ProblemError('not-found', 'no such attachment');
    await reply
      .header('content-type', photo.mediaType)
      // The type was read from the content; a browser that guesses again could be led to run it.
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'inline')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(photo.bytes);
  }
}
