export { type Personality } from './personalities.js';
export { runSimulators, type RunningSimulators, type SimulatorOptions } from './run-simulators.js';
