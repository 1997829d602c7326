export { type ProcessBase, runProcess } from './run-process.js';
export { productVersion } from './version.js';
