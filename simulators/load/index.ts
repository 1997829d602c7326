export { Latencies } from './latencies.js';
export { runLoad, type LoadOptions, type LoadResult } from './run-load.js';
