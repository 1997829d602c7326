import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  type Attachment,
  attachmentKinds,
  attachmentSchema,
  type Page,
  pageOf,
  type Person,
  type PersonWorkOrderAction,
  personWorkOrderActionSchema,
  type ReportCase,
  reportCaseSchema,
  uuidSchema,
  type WorkOrder,
  type WorkOrderActionRequest,
  workOrderActionRequestSchema,
  type WorkOrderBoard,
  type WorkOrderBoardQuery,
  workOrderBoardQuerySchema,
  workOrderBoardSchema,
  type WorkOrderDetail,
  workOrderDetailSchema,
  type WorkOrderQuery,
  workOrderQuerySchema,
  workOrderSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, ProblemError } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import { AttachmentsService } from '../attachments.service.js';
import { CaseReports } from '../case-reports.service.js';
import { WorkOrdersService } from '../work-orders.service.js';
import { uploadOf } from './upload.js';
import { WorkOrderBoardReader } from './work-order-board.reader.js';
import { WorkOrdersReader } from './work-orders.reader.js';

@ApiTags('work orders')
@Controller('work-orders')
export class WorkOrdersController {
  constructor(
    private readonly reader: WorkOrdersReader,
    private readonly boards: WorkOrderBoardReader,
    private readonly orders: WorkOrdersService,
    private readonly reports: CaseReports,
    private readonly attachments: AttachmentsService,
  ) {}

  /** The asking person's orders and those of their area, newest first. */
  @Get()
  @Answers(pageOf(workOrderSchema))
  list(
    @CurrentPerson() person: Person,
    @Query({ schema: workOrderQuerySchema }) query: WorkOrderQuery,
  ): Promise<Page<WorkOrder>> {
    return this.reader.list(person, query);
  }

  /** The same orders by the step they stand at: how many, and the first cards of each. */
  @Get('board')
  @Answers(workOrderBoardSchema)
  board(
    @CurrentPerson() person: Person,
    @Query({ schema: workOrderBoardQuerySchema }) query: WorkOrderBoardQuery,
  ): Promise<WorkOrderBoard> {
    return this.boards.board(person, query);
  }

  /** Reports a case that somebody of the staff found, and has somebody sent. The same `key` again is the same case. */
  @Post()
  @Answers(workOrderDetailSchema, 201)
  @ApiProblems('forbidden')
  async report(
    @CurrentPerson() person: Person,
    @Body({ schema: reportCaseSchema }) body: ReportCase,
  ): Promise<WorkOrderDetail> {
    const result = await this.reports.report(person, body);
    if (!result.ok) throw new ProblemError(result.code, result.reason);
    return this.reader.detail(person, result.id);
  }

  /** An order with its alarms, its story, its photos and why this person was asked. */
  @Get(':id')
  @Answers(workOrderDetailSchema)
  @ApiProblems('not-found')
  detail(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<WorkOrderDetail> {
    return this.reader.detail(person, id);
  }

  /**
   * Adds a photo (JPEG, PNG or WebP, at most 10 MiB) or a voice note (WebM or Ogg with Opus, MP4 with AAC, at most 5 minutes). Place, time
   * and camera are removed from the file; when and where it was made is told beside it and shown with it. The same content or `requestId`
   * again is the same attachment. Fields stand before the file.
   */
  @Post(':id/attachments')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        requestId: { type: 'string', minLength: 8, maxLength: 64 },
        kind: { type: 'string', enum: [...attachmentKinds] },
        takenAt: { type: 'string', format: 'date-time' },
        longitude: { type: 'number' },
        latitude: { type: 'number' },
        file: { type: 'string', format: 'binary' },
      },
      required: ['file'],
    },
  })
  @Answers(attachmentSchema, 201)
  @ApiProblems('not-found', 'action-not-allowed', 'too-large', 'unsupported-media')
  async attach(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<Attachment> {
    const { bytes, fields } = await uploadOf(request);
    const result = await this.attachments.attach(person, id, bytes, fields);
    if (!result.ok) throw new ProblemError(result.code, result.reason);
    return result.attachment;
  }

  /** One step of one person; what it needs besides a note stands in the body. `requestId` makes a repeated request the same request. */
  @Post(':id/:action')
  @HttpCode(200)
  @Answers(workOrderDetailSchema)
  @ApiProblems(
    'not-found',
    'conflict',
    'action-not-allowed',
    'already-accepted',
    'handler-may-not-verify',
    'note-required',
    'photo-required',
    'checklist-incomplete',
    'assistants-open',
    'not-assignable',
  )
  async act(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Param('action', { schema: personWorkOrderActionSchema }) action: PersonWorkOrderAction,
    @Body({ schema: workOrderActionRequestSchema }) body: WorkOrderActionRequest,
  ): Promise<WorkOrderDetail> {
    const result = await this.orders.act(person, id, action, body);
    if (!result.ok) throw new ProblemError(result.code, result.reason);
    return this.reader.afterStep(person, id);
  }
}
