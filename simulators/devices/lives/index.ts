import { bin } from './bin.js';
import { camera } from './camera.js';
import { door } from './door.js';
import { leakSensor } from './leak-sensor.js';
import type { Life } from './life.js';
import { parkingDevice } from './parking.js';

/** By domain. Fire devices have personalities instead. */
export const lives: ReadonlyMap<string, Life> = new Map([
  ['access', door],
  ['parking', parkingDevice],
  ['sanitation', bin],
  ['camera', camera],
  ['water', leakSensor],
]);
