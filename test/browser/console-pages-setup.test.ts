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
/** Lists that may be empty or fail. */
const lists: Names = [...people, ...kindsOfWork].filter(
  ([, path]) => path.split('/').length === 2 && !path.includes('?'),
);

/** One of three suites that tour the console, so that two workers share it. Colours of what is empty or failed: console-pages.test.ts. */
describeIfChromium('pages of what is set up', () => {
  const tour = new Tour();

  beforeAll(() => tour.start(), 60_000);
  afterAll(() => tour.stop());
  beforeEach(() => tour.reset());

  // In parts, so that a page that hangs is told by the name of its part.
  it.each([
    ['people and places', people],
    ['kinds of work', kindsOfWork],
  ])(
    'are whole on the desk, in both languages, sizes and themes: %s',
    async (_, pages) => {
      expect(await tour.inspectDesk(pages)).toEqual([]);
    },
    180_000,
  );

  it('say calmly that there is nothing', async () => {
    tour.api.site = anEmptySite(Date.now());
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' empty' })).toEqual([]);
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
    ])
      tour.api.problems.set(path, 'unavailable');
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem' })).toEqual([]);
  }, 120_000);
});
