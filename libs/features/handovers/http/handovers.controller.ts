import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AddHandoverNote,
  addHandoverNoteSchema,
  type ChangeHandoverNote,
  changeHandoverNoteSchema,
  type Handover,
  type HandoverAction,
  handoverActionSchema,
  type HandoverDetail,
  handoverDetailSchema,
  type HandoverNow,
  handoverNowSchema,
  type HandoverQuery,
  handoverQuerySchema,
  type HandoverReceiver,
  handoverReceiverSchema,
  handoverSchema,
  type MoveHandover,
  moveHandoverSchema,
  type OpenHandover,
  openHandoverSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { HandoverNotes } from '../handover-notes.service.js';
import { HandoversReader } from '../handovers.reader.js';
import { HandoversService } from '../handovers.service.js';

const idParam = { schema: uuidSchema };

@ApiTags('hand-overs')
@Controller('handovers')
@Roles('admin', 'operator', 'manager')
export class HandoversController {
  constructor(
    private readonly reader: HandoversReader,
    private readonly handovers: HandoversService,
    private readonly notes: HandoverNotes,
  ) {}

  /** Of the asking person's area and all below it; the newest shift first. */
  @Get()
  @Answers(pageOf(handoverSchema))
  list(
    @CurrentPerson() person: Person,
    @Query({ schema: handoverQuerySchema }) query: HandoverQuery,
  ): Promise<Page<Handover>> {
    return this.reader.list(person, query);
  }

  /** The asking person's shift, its hand-over, and what waits for them to accept it. */
  @Get('now')
  @Answers(handoverNowSchema)
  now(@CurrentPerson() person: Person): Promise<HandoverNow> {
    return this.reader.now(person);
  }

  /** With what happened in the shift, what stands, the remarks and who moved it on. */
  @Get(':id')
  @Answers(handoverDetailSchema)
  @ApiProblems('not-found')
  detail(@CurrentPerson() person: Person, @Param('id', idParam) id: string): Promise<HandoverDetail> {
    return this.reader.detail(person, id);
  }

  /** Who can take it over; whoever is on duty next comes first. */
  @Get(':id/receivers')
  @Answers(pageOf(handoverReceiverSchema))
  @ApiProblems('not-found')
  async receivers(@CurrentPerson() person: Person, @Param('id', idParam) id: string): Promise<Page<HandoverReceiver>> {
    return { items: await this.reader.receivers(person, id), nextCursor: null };
  }

  /** Begins one for the shift that the person is on, or answers the one that is open for it already. */
  @Post()
  @Answers(handoverDetailSchema, 201)
  @ApiProblems('not-found')
  async open(
    @CurrentPerson() person: Person,
    @Body({ schema: openHandoverSchema }) body: OpenHandover,
  ): Promise<HandoverDetail> {
    return this.reader.detail(person, await this.handovers.open(person, body));
  }

  /** A remark about one thing that stands, or about the shift. Others may write at the same time. */
  @Post(':id/notes')
  @Answers(handoverDetailSchema, 201)
  @ApiProblems('not-found', 'action-not-allowed', 'beyond-limit')
  async addNote(
    @CurrentPerson() person: Person,
    @Param('id', idParam) id: string,
    @Body({ schema: addHandoverNoteSchema }) body: AddHandoverNote,
  ): Promise<HandoverDetail> {
    await this.notes.add(person, id, body);
    return this.reader.detail(person, id);
  }

  /** Other words for one's own remark. */
  @Patch(':id/notes/:noteId')
  @Answers(handoverDetailSchema)
  @ApiProblems('not-found', 'action-not-allowed', 'conflict')
  async changeNote(
    @CurrentPerson() person: Person,
    @Param('id', idParam) id: string,
    @Param('noteId', idParam) noteId: string,
    @Body({ schema: changeHandoverNoteSchema }) body: ChangeHandoverNote,
  ): Promise<HandoverDetail> {
    await this.notes.change(person, id, noteId, body);
    return this.reader.detail(person, id);
  }

  /** Takes one's own remark back. */
  @Delete(':id/notes/:noteId')
  @HttpCode(200)
  @Answers(handoverDetailSchema)
  @ApiProblems('not-found', 'action-not-allowed')
  async removeNote(
    @CurrentPerson() person: Person,
    @Param('id', idParam) id: string,
    @Param('noteId', idParam) noteId: string,
  ): Promise<HandoverDetail> {
    await this.notes.remove(person, id, noteId);
    return this.reader.detail(person, id);
  }

  /** Hand over, take back, send back, accept, discard. What was accepted does not change any more. */
  @Post(':id/:action')
  @HttpCode(200)
  @Answers(handoverDetailSchema)
  @ApiProblems('not-found', 'action-not-allowed', 'conflict', 'note-required', 'not-assignable')
  async move(
    @CurrentPerson() person: Person,
    @Param('id', idParam) id: string,
    @Param('action', { schema: handoverActionSchema }) action: HandoverAction,
    @Body({ schema: moveHandoverSchema }) body: MoveHandover,
  ): Promise<HandoverDetail> {
    await this.handovers.move(person, id, action, body);
    return this.reader.detail(person, id);
  }
}
