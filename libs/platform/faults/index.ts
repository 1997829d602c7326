export { FAULT_HOOKS, faultHooks, type FaultHooks, noFaults } from './fault-hooks.js';
