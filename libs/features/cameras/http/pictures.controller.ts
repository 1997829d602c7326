import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Person, type Pictures, picturesSchema, slugSchema, uuidSchema } from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson } from '@sc/platform/http';
import type { FastifyReply } from 'fastify';
import { PicturesReadModel } from './pictures-read-model.js';

@ApiTags('pictures')
@Controller()
export class PicturesController {
  constructor(private readonly pictures: PicturesReadModel) {}

  /** What the camera saw when the alarm began, and while it lasted. */
  @Get('alarms/:id/pictures')
  @Answers(picturesSchema)
  @ApiProblems('not-found')
  ofAlarm(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<Pictures> {
    return this.pictures.ofAlarm(person, id);
  }

  /** The newest pictures of a camera. */
  @Get('devices/:community/:device/pictures')
  @Answers(picturesSchema)
  ofDevice(
    @CurrentPerson() person: Person,
    @Param('community', { schema: slugSchema }) community: string,
    @Param('device', { schema: slugSchema }) device: string,
  ): Promise<Pictures> {
    return this.pictures.ofDevice(person, `${community}/${device}`);
  }

  /** The picture itself. */
  @Get('pictures/:id')
  @ApiOkResponse({
    description: 'The picture.',
    content: { 'image/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiProblems('not-found')
  async read(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { mediaType, bytes } = await this.pictures.read(person, id);
    await reply
      .header('content-type', mediaType)
      // The type was read from the content; a browser that guesses again could be led to run it.
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'inline')
      .header('content-security-policy', "default-src 'none'; sandbox")
      // Personal data that expires: it must not outlive its time in the browser of a shared desk.
      .header('cache-control', 'private, no-store')
      .send(bytes);
  }
}
