import { Module } from '@nestjs/common';
import { DevicesModule } from '../devices.module.js';
import { FleetReadModel } from '../fleet/fleet-read-model.js';
import { FleetController } from '../fleet/fleet.controller.js';
import { BridgesReadModel } from './bridges-read-model.js';
import { BridgesController } from './bridges.controller.js';
import { DevicesReadModel } from './devices-read-model.js';
import { ImportDevices } from '../imports/import-devices.js';
import { DevicesImportController } from './devices-import.controller.js';
import { DevicesController } from './devices.controller.js';

/** The `/devices`, `/fleet` and `/bridges` routes, for the gateway. Needs TIME_SERIES. */
@Module({
  imports: [DevicesModule],
  controllers: [DevicesController, BridgesController, DevicesImportController, FleetController],
  providers: [DevicesReadModel, BridgesReadModel, ImportDevices, FleetReadModel],
})
export class DevicesHttpModule {}
