export { ensureArea, registerDevice } from './ensure.js';
export { MqttDevice, type DeviceLogin, type MqttDeviceOptions } from './mqtt-device.js';
export { readOutcome, type Outcome } from './outcome.js';
export { devicePath, PlatformClient, RefusedError, type Query } from './platform-client.js';
export { loginAsAdmin, runningPlatform, type RunningPlatform } from './running-platform.js';
export { refusedReadings, type RefusedReadings } from './refused-readings.js';
export { type ServerSentEvent } from './server-sent-events.js';
export { waitUntil, WaitedTooLongError } from './wait-until.js';
