import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  channelSchema,
  type ChannelTest,
  channelTestSchema,
  type CreateChannel,
  createChannelSchema,
  type Page,
  pageOf,
  type Person,
  type SiteChannel,
  type TestChannel,
  testChannelSchema,
  type UpdateChannel,
  updateChannelSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { ChannelTester } from '../channels/channel-tester.js';
import { ChannelsService } from '../channels/channels.service.js';

const id = { schema: uuidSchema };

@ApiTags('channels')
@Controller('channels')
@Roles('admin')
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly tester: ChannelTester,
  ) {}

  /** Every way to tell people and programs outside the console. Secrets are never among it. */
  @Get()
  @Answers(pageOf(channelSchema))
  list(): Promise<Page<SiteChannel>> {
    return this.channels.list();
  }

  @Post()
  @Answers(channelSchema, 201)
  @ApiProblems('not-found', 'already-exists', 'conflict')
  create(
    @CurrentPerson() person: Person,
    @Body({ schema: createChannelSchema }) body: CreateChannel,
  ): Promise<SiteChannel> {
    return this.channels.create(person, body);
  }

  /** Secrets that are left out stay, null removes one. */
  @Patch(':id')
  @Answers(channelSchema)
  @ApiProblems('not-found')
  update(
    @CurrentPerson() person: Person,
    @Param('id', id) channelId: string,
    @Body({ schema: updateChannelSchema }) body: UpdateChannel,
  ): Promise<SiteChannel> {
    return this.channels.update(person, channelId, body);
  }

  /** Its deliveries stay in the log. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', id) channelId: string): Promise<void> {
    return this.channels.remove(person, channelId);
  }

  /** Sends one message at once, also by a channel that is switched off, and says what came of it. */
  @Post(':id/test')
  @HttpCode(200)
  @Answers(channelTestSchema)
  @ApiProblems('not-found', 'conflict', 'too-many-attempts')
  test(
    @CurrentPerson() person: Person,
    @Param('id', id) channelId: string,
    @Body({ schema: testChannelSchema }) body: TestChannel,
  ): Promise<ChannelTest> {
    return this.tester.test(person, channelId, body);
  }
}
