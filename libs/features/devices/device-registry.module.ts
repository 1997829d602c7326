import { Module } from '@nestjs/common';
import { BridgeRegistry } from './bridge-registry.js';
import { MissingHashes } from './broker-files/missing-hashes.js';
import { DeviceRegistry } from './device-registry.js';

/** The read cache of the hot path; see {@link DeviceRegistry} and {@link BridgeRegistry}. */
@Module({
  providers: [DeviceRegistry, BridgeRegistry, MissingHashes],
  exports: [DeviceRegistry, BridgeRegistry, MissingHashes],
})
export class DeviceRegistryModule {}
