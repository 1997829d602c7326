import { Module } from '@nestjs/common';
import { PicturesReadModel } from './pictures-read-model.js';
import { PicturesController } from './pictures.controller.js';

/** Pictures of alarms and cameras, for the gateway. Needs the database and the file store. */
@Module({ controllers: [PicturesController], providers: [PicturesReadModel] })
export class CamerasHttpModule {}
