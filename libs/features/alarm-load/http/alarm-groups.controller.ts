import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AlarmGroupsQuery,
  alarmGroupsQuerySchema,
  type FoldedAlarms as Answer,
  foldedAlarmsSchema,
  type Person,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson } from '@sc/platform/http';
import { FoldedAlarms } from '../folded-alarms.js';

@ApiTags('alarms')
@Controller('alarms/groups')
export class AlarmGroupsController {
  constructor(private readonly folded: FoldedAlarms) {}

  /** The open alarms in groups, life safety and what is graver than the rest by themselves; and whether there is a flood. */
  @Get()
  @Answers(foldedAlarmsSchema)
  @ApiProblems('not-found')
  read(
    @CurrentPerson() person: Person,
    @Query({ schema: alarmGroupsQuerySchema }) query: AlarmGroupsQuery,
  ): Promise<Answer> {
    return this.folded.read(person, query);
  }
}
