export { runLoad, type LoadOptions, type LoadResult } from './run-load.js';
