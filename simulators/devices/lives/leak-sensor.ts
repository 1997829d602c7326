import { telemetry } from '../behaviour.js';
import { batteryNowAndThen, type Life } from './life.js';

/** Dry. A leak is a story that a person plays: `npm run simulate -- water-leak`. */
export const leakSensor: Life =
  () =>
  ({ now, age, random }) => [telemetry(now, { leak: false, ...batteryNowAndThen(age, random) })];
