import { Module } from '@nestjs/common';
import { BridgeRegistry } from './bridge-registry.js';
import { DeviceRegistry } from './device-registry.js';

/** The read cache of the hot path; see {@link DeviceRegistry} and {@link BridgeRegistry}. */
@Module({ providers: [DeviceRegistry, BridgeRegistry], exports: [DeviceRegistry, BridgeRegistry] })
export class DeviceRegistryModule {}
