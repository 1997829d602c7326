import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type Delivery,
  type DeliveryQuery,
  deliveryQuerySchema,
  deliverySchema,
  type Page,
  pageOf,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { DeliveryLog } from './delivery-log.js';

@ApiTags('deliveries')
@Controller('deliveries')
@Roles('admin')
export class DeliveriesController {
  constructor(private readonly log: DeliveryLog) {}

  /** What was told whom by which channel, newest first; kept 35 days. */
  @Get()
  @Answers(pageOf(deliverySchema))
  list(@Query({ schema: deliveryQuerySchema }) query: DeliveryQuery): Promise<Page<Delivery>> {
    return this.log.list(query);
  }

  /** Tells once more what was given up. What fails again is given up again. */
  @Post(':id/replay')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Is tried again.' })
  @ApiProblems('not-found', 'conflict')
  replay(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    return this.log.replay(person, id);
  }
}
