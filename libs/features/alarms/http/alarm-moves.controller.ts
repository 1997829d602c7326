import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type AcknowledgeAlarm,
  acknowledgeAlarmSchema,
  type AcknowledgeAlarms,
  acknowledgeAlarmsSchema,
  type Alarm,
  type AlarmMoveResults,
  alarmMoveResultsSchema,
  alarmSchema,
  type AssignAlarm,
  assignAlarmSchema,
  type CommentAlarm,
  commentAlarmSchema,
  type JudgeAlarm,
  judgeAlarmSchema,
  type Person,
  type ShelveAlarm,
  shelveAlarmSchema,
  uuidSchema,
} from '@sc/contracts';
import { ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { AlarmsService } from '../alarms.service.js';
import { AlarmsReadModel } from './alarms-read-model.js';

/** What the control room does to alarms. */
@ApiTags('alarms')
@Roles('operator', 'admin', 'manager')
@Controller('alarms')
export class AlarmMovesController {
  constructor(
    private readonly alarms: AlarmsService,
    private readonly readModel: AlarmsReadModel,
  ) {}

  /** The person has seen all of them. One result for each: what cannot be acknowledged keeps none of the others from it. */
  @Post('acknowledge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmMoveResultsSchema })
  async acknowledgeAll(
    @CurrentPerson() person: Person,
    @Body({ schema: acknowledgeAlarmsSchema }) { ids, note }: AcknowledgeAlarms,
  ): Promise<AlarmMoveResults> {
    return { items: await this.alarms.acknowledgeAll(person, ids, note) };
  }

  /** The person has seen it. Doing it again changes nothing. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found', 'action-not-allowed')
  async acknowledge(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: acknowledgeAlarmSchema }) { note }: AcknowledgeAlarm,
  ): Promise<Alarm> {
    await this.alarms.acknowledge(person, id, note);
    return this.readModel.one(person, id);
  }

  /** A line in its story. */
  @Post(':id/comment')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found')
  async comment(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: commentAlarmSchema }) { note }: CommentAlarm,
  ): Promise<Alarm> {
    await this.alarms.comment(person, id, note);
    return this.readModel.one(person, id);
  }

  /** Somebody with rights at its place takes care of it; `null`: nobody any more. */
  @Post(':id/assign')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found', 'invalid-request', 'action-not-allowed')
  async assign(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: assignAlarmSchema }) { personId }: AssignAlarm,
  ): Promise<Alarm> {
    await this.alarms.assign(person, id, personId);
    return this.readModel.one(person, id);
  }

  /** Silences it for some minutes, within the limit of its severity; at the end the present condition decides. */
  @Post(':id/shelve')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found', 'beyond-limit', 'action-not-allowed')
  async shelve(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: shelveAlarmSchema }) { minutes, reason }: ShelveAlarm,
  ): Promise<Alarm> {
    await this.alarms.shelve(person, id, minutes, reason);
    return this.readModel.one(person, id);
  }

  /** Ends a shelf before its time. */
  @Post(':id/unshelve')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found', 'action-not-allowed')
  async unshelve(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: acknowledgeAlarmSchema }) { note }: AcknowledgeAlarm,
  ): Promise<Alarm> {
    await this.alarms.unshelve(person, id, note);
    return this.readModel.one(person, id);
  }

  /** Says what it was: right, wrong or a test; also afterwards, changeable. */
  @Post(':id/judge')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: alarmSchema })
  @ApiProblems('not-found')
  async judge(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: judgeAlarmSchema }) { judgement, note }: JudgeAlarm,
  ): Promise<Alarm> {
    await this.alarms.judge(person, id, judgement, note);
    return this.readModel.one(person, id);
  }
}
