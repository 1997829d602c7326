import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type BlindSpots,
  type BlindSpotsQuery,
  blindSpotsQuerySchema,
  blindSpotsSchema,
  type MapDevices,
  mapDevicesSchema,
  type MapQuery,
  mapQuerySchema,
  type Person,
} from '@sc/contracts';
import { Answers, CurrentPerson, Roles } from '@sc/platform/http';
import { MapReader } from '../map.reader.js';

@ApiTags('map')
@Controller('map')
@Roles('admin', 'operator', 'manager')
export class MapController {
  constructor(private readonly map: MapReader) {}

  /** Every device with its open alarms, as lean as a mark; with `ids` only those, to bring a map up to date. */
  @Get('devices')
  @Answers(mapDevicesSchema)
  devices(@CurrentPerson() person: Person, @Query({ schema: mapQuerySchema }) query: MapQuery): Promise<MapDevices> {
    return this.map.devices(person, query);
  }

  /** Places that no working device of a kind protects: buildings without a detector that is heard, devices that all fell silent. */
  @Get('blind-spots')
  @Answers(blindSpotsSchema)
  blindSpots(
    @CurrentPerson() person: Person,
    @Query({ schema: blindSpotsQuerySchema }) query: BlindSpotsQuery,
  ): Promise<BlindSpots> {
    return this.map.blindSpots(person, query);
  }
}
