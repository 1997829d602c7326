import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices.module.js';
import { DevicesReadModel } from './devices-read-model.js';
import { DevicesController } from './devices.controller.js';

/** The `/devices` routes, for the gateway. Needs TIME_SERIES. */
@Module({ imports: [DevicesModule], controllers: [DevicesController], providers: [DevicesReadModel] })
export class DevicesHttpModule {}
