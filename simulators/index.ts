export * from './client/index.js';
export * from './devices/index.js';
export { runLoad } from './load/index.js';
export { type Random } from './prng.js';
export * from './replay/index.js';
export * from './scenarios/index.js';
