import { type Names } from './support/tour.js';
import { describeTour } from './support/tour-suite.js';

const rules: Names = [
  ['rules', '/rules'],
  ['rule', '/rules/smoke-high'],
  ['rule-stopped', '/rules/battery-low'],
  ['rule-history', '/rules/smoke-high?tab=history'],
  ['rule-edit', '/rules/smoke-high/edit'],
  ['rule-new', '/rules/new'],
];
const figures: Names = [
  ['alarm-load', '/alarm-load'],
  ['evaluation', '/evaluation'],
  ['staffing', '/staffing'],
  ['reports', '/reports'],
];
const system: Names = [
  ['first-steps', '/first-steps'],
  ['bridges', '/bridges'],
  ['channels', '/channels'],
  ['dead-letters', '/dead-letters'],
  ['audit', '/audit'],
  ['audit-searched', '/audit?by=person&about=device&id=sunny%2Fsmoke-1&from=2026-01-01'],
  ['system', '/system'],
];

// One of three suites that tour the console, so that two workers share it.
describeTour(
  'pages of rules, of figures and of the system',
  [
    ['rules', rules],
    ['figures', figures],
    ['the system', system],
  ],
  {
    '/evaluation': 'unavailable',
    '/staffing-plans': 'unavailable',
    '/bridges': 'unavailable',
    '/channels': 'unavailable',
    '/dead-letters': 'unavailable',
    '/system': 'unavailable',
    '/audit': 'forbidden',
  },
);
