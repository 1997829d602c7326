import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  areaIdSchema,
  type Page,
  pageOf,
  type Person,
  type ResidentPlaceCode,
  residentPlaceCodeSchema,
  type WriteResidentPlace,
  writeResidentPlaceSchema,
} from '@sc/contracts';
import { Answers, ApiProblems, CurrentPerson, Roles } from '@sc/platform/http';
import { PlaceCodes } from '../place-codes.service.js';

@ApiTags('residents')
@Controller('resident-places')
@Roles('admin', 'operator', 'manager')
export class PlaceCodesController {
  constructor(private readonly codes: PlaceCodes) {}

  /** Codes of places in the person's area. */
  @Get()
  @Answers(pageOf(residentPlaceCodeSchema))
  async list(@CurrentPerson() person: Person): Promise<Page<ResidentPlaceCode>> {
    return { items: await this.codes.list(person), nextCursor: null };
  }

  /** Makes a code, renews it (sheets with the old one lead nowhere then), or switches reports on and off. */
  @Put(':areaId')
  @Answers(residentPlaceCodeSchema)
  @ApiProblems('not-found')
  write(
    @CurrentPerson() person: Person,
    @Param('areaId', { schema: areaIdSchema }) areaId: string,
    @Body({ schema: writeResidentPlaceSchema }) body: WriteResidentPlace,
  ): Promise<ResidentPlaceCode> {
    return this.codes.write(person, areaId, body);
  }
}
