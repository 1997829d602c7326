import { Controller, Get, Header, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AreaCollection,
  areaCollectionSchema,
  type GeoImportQuery,
  geoImportQuerySchema,
  type GeoImportResult,
  geoImportResultSchema,
  type Person,
} from '@sc/contracts';
import { geoJsonBody } from '@sc/platform/csv';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, Roles, TakesFile } from '@sc/platform/http';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { areaScope } from '../area-scope.js';
import { ImportGeo } from '../geo/import-geo.js';

@ApiTags('imports')
@Controller()
export class GeoController {
  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly areas: ImportGeo,
  ) {}

  /** The asking person's area and all below it as GeoJSON, WGS-84; what it answers can be imported again. */
  @Get('areas/geojson')
  @Roles('admin', 'operator', 'manager')
  @Header('content-disposition', 'attachment; filename="areas.geojson"')
  @Answers(areaCollectionSchema)
  async collection(@CurrentPerson() person: Person): Promise<AreaCollection> {
    const rows = await this.database
      .selectFrom('areas')
      .selectAll('areas')
      .where(areaScope(person.areaId))
      .orderBy('path')
      .execute();
    return {
      type: 'FeatureCollection',
      features: rows.map(({ id, kind, parentId, name, households, shape }) => ({
        type: 'Feature',
        geometry: shape,
        properties: { id, kind, parentId, name: name['zh-CN'], nameEn: name.en, households },
      })),
    };
  }

  /**
   * Areas from GeoJSON (`application/geo+json`): a FeatureCollection with the properties id, kind, parentId, name, nameEn and
   * households. All features or none; with `preview` nothing is changed. `crs` says what the coordinates are in.
   */
  @Post('imports/geojson')
  @HttpCode(200)
  @Roles('admin', 'manager')
  @TakesFile('application/geo+json')
  @Answers(geoImportResultSchema)
  @ApiProblems('too-large', 'unsupported-media')
  importAreas(
    @CurrentPerson() person: Person,
    @Query({ schema: geoImportQuerySchema }) { preview, crs }: GeoImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<GeoImportResult> {
    return this.areas.run(person, geoJsonBody(request), crs, preview);
  }
}
