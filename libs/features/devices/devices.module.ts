import { Module } from '@nestjs/common';
import { BridgesService } from './bridges.service.js';
import { DevicesService } from './devices.service.js';

@Module({ providers: [DevicesService, BridgesService], exports: [DevicesService, BridgesService] })
export class DevicesModule {}
