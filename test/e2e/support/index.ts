/**
 * The doors that everybody has: MQTT in, HTTP and the live stream out. The simulators use the same kit, so that what a test
 * proves is what a device and a browser get.
 */
export {
  delivered,
  devicePath,
  type DeviceLogin,
  ensureArea,
  MqttDevice,
  PlatformClient,
  readOutcome,
  RefusedError,
  registerDevice,
  replayFire,
  runScenario,
  scenarioByName,
  scenarios,
  waitUntil,
  WaitedTooLongError,
  within,
} from '@sc/simulators';
export { datasetsDir } from './datasets.js';
