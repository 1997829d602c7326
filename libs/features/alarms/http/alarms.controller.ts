import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type AcknowledgeAlarm,
  acknowledgeAlarmSchema,
  type Alarm,
  type AlarmDetail,
  alarmDetailSchema,
  type AlarmQuery,
  alarmQuerySchema,
  alarmSchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { CurrentPerson, Roles } from '@sc/platform/http';
import { AlarmsService } from '../alarms.service.js';
import { AlarmsReadModel } from './alarms-read-model.js';

const alarmPageSchema = pageOf(alarmSchema);

@ApiTags('alarms')
@Controller('alarms')
export class AlarmsController {
  constructor(
    private readonly alarms: AlarmsService,
    private readonly readModel: AlarmsReadModel,
  ) {}

  /** Open alarms, gravest first; or the whole history, newest first. */
  @Get()
  @ApiOkResponse({ standardSchema: alarmPageSchema })
  list(@CurrentPerson() person: Person, @Query({ schema: alarmQuerySchema }) query: AlarmQuery): Promise<Page<Alarm>> {
    return this.readModel.list(person, query);
  }

  /** One alarm with its story. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: alarmDetailSchema })
  detail(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<AlarmDetail> {
    return this.readModel.detail(person, id);
  }

  /** The person has seen it. Doing it again changes nothing. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Roles('operator', 'admin', 'manager')
  @ApiOkResponse({ standardSchema: alarmSchema })
  async acknowledge(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: acknowledgeAlarmSchema }) body: AcknowledgeAlarm,
  ): Promise<Alarm> {
    await this.alarms.acknowledge(person, id, body.note);
    return this.readModel.one(person, id);
  }
}
