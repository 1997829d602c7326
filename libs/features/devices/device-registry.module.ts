import { Module } from '@nestjs/common';
import { DeviceRegistry } from './device-registry.js';

/** The read cache of the hot path; see {@link DeviceRegistry}. */
@Module({ providers: [DeviceRegistry], exports: [DeviceRegistry] })
export class DeviceRegistryModule {}
