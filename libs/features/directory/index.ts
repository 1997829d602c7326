export { areaScope } from './area-scope.js';
export { Directory, type StaffMember } from './directory.js';
export { DirectoryModule } from './directory.module.js';
export { DirectoryHttpModule } from './http/directory-http.module.js';
export { RotationHandlersModule } from './rotations/rotation-handlers.module.js';
export { readPlan } from './duty/read-plan.js';
export { dutySpans } from './duty/spans.js';
export { devicesSeenBy, maySeeDevices } from './seen-devices.js';
export { placeName } from './place-name.js';
