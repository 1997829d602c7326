export { scenarioByName, scenarios } from './catalogue.js';
export { compare, type Comparison } from './compare.js';
export { runScenario, type ScenarioOptions, type ScenarioResult } from './run-scenario.js';
export { delivered, ramp, type ExpectedAlarm, type Scenario, type Step } from './scenario.js';
export { storyStart } from './story-time.js';
