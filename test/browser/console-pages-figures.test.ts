import { describeIfChromium } from './support/chromium.js';
import { anEmptySite } from './support/fixtures.js';
import { type Names, Tour } from './support/tour.js';

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
const lists: Names = [...rules, ...figures, ...system].filter(
  ([, path]) => path.split('/').length === 2 && !path.includes('?'),
);

/** One of three suites that tour the console, so that two workers share it. Colours of what is empty or failed: console-pages.test.ts. */
describeIfChromium('pages of rules, of figures and of the system', () => {
  const tour = new Tour();

  beforeAll(() => tour.start(), 60_000);
  afterAll(() => tour.stop());
  beforeEach(() => tour.reset());

  // In parts, so that a page that hangs is told by the name of its part.
  it.each([
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
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' empty' })).toEqual([]);
  }, 120_000);

  it('say what went wrong, in words', async () => {
    for (const path of ['/evaluation', '/staffing-plans', '/bridges', '/channels', '/dead-letters', '/system'])
      tour.api.problems.set(path, 'unavailable');
    tour.api.problems.set('/audit', 'forbidden');
    expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem' })).toEqual([]);
  }, 120_000);
});
