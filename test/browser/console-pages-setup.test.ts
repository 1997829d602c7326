import { planId } from './support/rounds.js';
import { type Names } from './support/tour.js';
import { describeTour } from './support/tour-suite.js';

const people: Names = [
  ['areas', '/areas/grid-1'],
  ['area-shape', '/areas/grid-1/shape'],
  ['residents', '/residents'],
  ['announcements', '/announcements'],
  ['people', '/people'],
  ['teams', '/teams'],
  ['shifts', '/shifts'],
  ['duty-calendar', '/duty-calendar?view=month'],
  ['calendars', '/calendars'],
];
const kindsOfWork: Names = [
  ['catalogue', '/catalogue'],
  ['catalogue-item', '/catalogue/exposed-rubbish'],
  ['escalation', '/escalation-chains'],
  ['round-plans', '/rounds?tab=plans'],
  ['round-plan', `/rounds/plans/${planId}/edit`],
  ['round-plan-new', '/rounds/plans/new'],
];

// One of three suites that tour the console, so that two workers share it.
describeTour(
  'pages of what is set up',
  [
    ['people and places', people],
    ['kinds of work', kindsOfWork],
  ],
  {
    '/areas': 'unavailable',
    '/resident-places': 'unavailable',
    '/announcements': 'unavailable',
    '/people': 'unavailable',
    '/teams': 'unavailable',
    '/shifts': 'unavailable',
    '/calendars': 'unavailable',
    '/catalogue': 'unavailable',
  },
);
