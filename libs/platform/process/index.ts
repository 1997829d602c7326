export { type ProcessBase, runProcess } from './run-process.js';
