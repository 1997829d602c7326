import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type OrderResidents,
  orderResidentsSchema,
  type Person,
  type PublishPhoto,
  publishPhotoSchema,
  type ResidentPhone,
  residentPhoneSchema,
  type SeenResidents,
  seenResidentsSchema,
  type TellResidents,
  tellResidentsSchema,
  uuidSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { OrderResidentsService } from '../order-residents.service.js';

/** The residents of an order, for those who may see it. */
@ApiTags('residents')
@Controller('work-orders/:id/residents')
export class OrderResidentsController {
  constructor(private readonly residents: OrderResidentsService) {}

  /** Who reported and follows it (without names: there are none), what was said, how it was rated. */
  @Get()
  @Answers(orderResidentsSchema)
  @ApiProblems('not-found')
  read(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<OrderResidents> {
    return this.residents.read(person, id);
  }

  /** Asks those who follow, or tells them something. */
  @Post('messages')
  @HttpCode(200)
  @Answers(orderResidentsSchema)
  @ApiProblems('not-found', 'beyond-limit')
  tell(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: tellResidentsSchema }) body: TellResidents,
  ): Promise<OrderResidents> {
    return this.residents.tell(person, id, body);
  }

  /** The person had on the screen what residents said until then; for them it is no longer unread. */
  @Put('seen')
  @Answers(orderResidentsSchema)
  @ApiProblems('not-found')
  see(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Body({ schema: seenResidentsSchema }) body: SeenResidents,
  ): Promise<OrderResidents> {
    return this.residents.see(person, id, body);
  }

  /** The number that a resident left to be called; the audit trail says who looked. */
  @Post(':linkId/phone')
  @HttpCode(200)
  @Answers(residentPhoneSchema)
  @ApiProblems('not-found')
  async phone(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Param('linkId', { schema: uuidSchema }) linkId: string,
  ): Promise<ResidentPhone> {
    return { phone: await this.residents.phone(person, id, linkId) };
  }

  /** Shows a photo of the order to residents, or no longer. */
  @Put('photos/:attachmentId')
  @Roles('admin', 'operator', 'manager')
  @Answers(orderResidentsSchema)
  @ApiProblems('not-found')
  publish(
    @CurrentPerson() person: Person,
    @Param('id', { schema: uuidSchema }) id: string,
    @Param('attachmentId', { schema: uuidSchema }) attachmentId: string,
    @Body({ schema: publishPhotoSchema }) body: PublishPhoto,
  ): Promise<OrderResidents> {
    return this.residents.publish(person, id, attachmentId, body.public);
  }
}
