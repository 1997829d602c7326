export { acquireInstanceLock, InstanceLockedError, type InstanceLock } from './instance-lock.js';
export { assertPortFree, PortTakenError } from './port-free.js';
