export { CLOCK, IDS, systemClock, systemIds, type Clock, type Ids } from './clock.js';
export { ClockModule } from './clock.module.js';
export { ZoneOffsets } from './zone-offsets.js';
