import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
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
import { CurrentPerson } from '@sc/platform/http';
import { AlarmsReadModel } from './alarms-read-model.js';

const alarmPageSchema = pageOf(alarmSchema);

@ApiTags('alarms')
@Controller('alarms')
export class AlarmsController {
  constructor(private readonly readModel: AlarmsReadModel) {}

  /** Open alarms or silenced ones, gravest first; or the whole history, newest first. */
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
}
