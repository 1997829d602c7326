import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Person, uuidSchema } from '@sc/contracts';
import { ApiProblems, CurrentPerson, ProblemError } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { AttachmentFiles, type ServedFile } from '../attachment-files.js';
import { refusals } from '../refusals.js';
import { byteRange } from './byte-range.js';

const binary = { schema: { type: 'string', format: 'binary' } as const };

@ApiTags('work orders')
@Controller('attachments')
export class AttachmentsController {
  constructor(private readonly files: AttachmentFiles) {}

  /** The photo or voice note itself, for those who may see its order; not found once it has expired. A player may ask for a range of bytes. */
  @Get(':id')
  @ApiHeader({ name: 'range', required: false, description: 'bytes=from-to' })
  @ApiOkResponse({ description: 'The photo or voice note.', content: { 'image/*': binary, 'audio/*': binary } })
  @ApiProblems('not-found')
  async read(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Headers('range') range: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.read(person, id);
    if (!file) throw new ProblemError('not-found', refusals.noAttachment);
    await send(reply, file, range);
  }

  /** A small picture of the photo, at most 320 pixels wide and high. */
  @Get(':id/thumbnail')
  @ApiOkResponse({ description: 'The small picture.', content: { 'image/*': binary } })
  @ApiProblems('not-found')
  async thumbnail(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.thumbnail(person, id);
    if (!file) throw new ProblemError('not-found', refusals.noPhoto);
    await send(reply, file);
  }
}

async function send(reply: FastifyReply, { mediaType, bytes }: ServedFile, asked?: string): Promise<void> {
  const range = byteRange(asked, bytes.length);
  void reply
    .header('content-type', mediaType)
    // The type was read from the content; a browser that guesses again could be led to run it.
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', 'inline')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, max-age=31536000, immutable');
  if (range === undefined) return void (await reply.send(bytes));
  if (range === 'none') return void (await reply.code(416).header('content-range', `bytes */${bytes.length}`).send());
  const { from, to } = range;
  void reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes.length}`);
  await reply.send(bytes.subarray(from, to + 1));
}
