export { DetectionEngine } from './detection-engine.js';
export { DetectionModule } from './detection.module.js';
export { initialState } from './kinds/index.js';
export type { RuleState } from './state.js';
export { RuleStore } from './rule-store.js';
export { SiteHours } from './site-hours.js';
export { step } from './step.js';
export type { AlarmTransition, DetectionInput, EventInput, OpenCondition, ReadingInput, Tick } from './types.js';
export { DetectionHttpModule } from './http/detection-http.module.js';
