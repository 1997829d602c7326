import { describeIfChromium } from './support/chromium.js';
import { anEmptySite } from './support/fixtures.js';
import { planId } from './support/rounds.js';
import { type Names, Tour } from './support/tour.js';

const people: Names = [
  ['areas', '/areas/grid-1'],
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
  ['system', '/system'],
];
/** Lists that may be empty or fail. */
const lists: Names = [...people, ...kindsOfWork, ...rules, ...figures, ...system].filter(
  ([, path]) => path.split('/').length === 2 && !path.includes('?'),
);

/** The other half of the console is toured by console-pages.test.ts, so that two workers share it. */
describeIfChromium('pages of what is set up, and of figures', () => {
  const tour = new Tour();

  beforeAll(() => tour.start(), 60_000);
  afterAll(() => tour.stop());
  beforeEach(() => tour.reset());

  // In parts, so that a page that hangs is told by the name of its part.
  it.each([
    ['people and places', people],
    ['kinds of work', kindsOfWork],
    ['rules', rules],
    ['figures', figures],
    ['the system', system],
  ])(
    'are whole on the desk, in both languages, sizes and themes: %s',
    async (_, pages) => {
      expect(await tour.inspectDesk(pages)).toEqual([]);
    },
    180_000,
  );

  it('say calmly that there is nothing', async () => {
    tour.api.site = anEmptySite(Date.now());
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' empty', audit: 'contrast' })).toEqual(
      [],
    );
  }, 120_000);

  it('say what went wrong, in words', async () => {
    for (const path of [
      '/areas',
      '/resident-places',
      '/announcements',
      '/people',
      '/teams',
      '/shifts',
      '/calendars',
      '/catalogue',
      '/evaluation',
      '/staffing-plans',
      '/bridges',
      '/channels',
      '/dead-letters',
      '/system',
    ])
      tour.api.problems.set(path, 'unavailable');
    tour.api.problems.set('/audit', 'forbidden');
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem', audit: 'contrast' })).toEqual(
      [],
    );
  }, 120_000);
});
