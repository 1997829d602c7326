export { askBackTest } from './ask-back-test.js';
export { readAsked } from './read-asked.js';
export { reportLines } from './report-lines.js';
