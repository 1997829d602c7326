export { scenarioByName, scenarios } from './catalogue.js';
export { type Comparison } from './compare.js';
export { runScenario, type ScenarioOptions, type ScenarioResult } from './run-scenario.js';
export { delivered, type ExpectedAlarm, type Scenario, type Step } from './scenario.js';
export { storyStart } from './story-time.js';
