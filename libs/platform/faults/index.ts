export { FAULT_HOOKS, faultHooks, type FaultHooks } from './fault-hooks.js';
