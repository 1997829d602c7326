export { type BridgeChange, BridgeRegistry, type RegisteredBridge } from './bridge-registry.js';
export { DeviceRegistryModule } from './device-registry.module.js';
export { type DeviceChange, DeviceRegistry, type RegisteredDevice } from './device-registry.js';
export { BrokerFiles } from './broker-files/broker-files.js';
export { MissingHashes } from './broker-files/missing-hashes.js';
export { type DeviceSecretHashes, hashDeviceSecret } from './device-secret.js';
export { DevicesHttpModule } from './http/devices-http.module.js';
