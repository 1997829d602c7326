/** The stories and replays of the simulators, which use the same public doors as a device and a browser. */
export {
  type PlatformClient,
  replayFire,
  replayKinds,
  replaySeries,
  runLoad,
  runScenario,
  scenarios,
} from '@sc/simulators';
export { datasetsDir } from './datasets.js';
