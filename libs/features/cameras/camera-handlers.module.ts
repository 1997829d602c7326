import { Module } from '@nestjs/common';
import { EgressModule } from '@sc/platform/egress';
import { FetchPicture } from './fetch-picture.js';
import { PictureKeeper } from './picture-keeper.js';

/** Fetching and expiry of pictures, for the process that runs jobs. Needs settings, the database, the file store and the jobs module. */
@Module({ imports: [EgressModule], controllers: [FetchPicture], providers: [PictureKeeper] })
export class CameraHandlersModule {}
