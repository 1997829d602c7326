import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type Announcement,
  announcementSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
  type WriteAnnouncement,
  writeAnnouncementSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { Announcements } from '../announcements.service.js';

@ApiTags('residents')
@Controller('announcements')
@Roles('admin', 'operator', 'manager')
export class AnnouncementsController {
  constructor(private readonly announcements: Announcements) {}

  /** Of the person's area, the last to end first. */
  @Get()
  @Answers(pageOf(announcementSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<Announcement>> {
    return { items: await this.announcements.list(person), nextCursor: null };
  }

  @Post()
  @Answers(announcementSchema, 201)
  @ApiProblems('not-found')
  add(
    @CurrentPerson() person: Person,
    @Body({ schema: writeAnnouncementSchema }) body: WriteAnnouncement,
  ): Promise<Announcement> {
    return this.announcements.add(person, body);
  }

  @Put(':id')
  @Answers(announcementSchema)
  @ApiProblems('not-found')
  edit(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: writeAnnouncementSchema }) body: WriteAnnouncement,
  ): Promise<Announcement> {
    return this.announcements.edit(person, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiProblems('not-found')
  remove(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.announcements.remove(person, id);
  }
}
