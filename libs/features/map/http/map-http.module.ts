import { Module } from '@nestjs/common';
import { MapReader } from '../map.reader.js';
import { MapController } from './map.controller.js';

/** `/map`. Needs the database and the clock. */
@Module({ controllers: [MapController], providers: [MapReader] })
export class MapHttpModule {}
