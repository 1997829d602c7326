import { describeIfChromium } from './chromium.js';
import { anEmptySite } from './fixtures.js';
import { type Names, Tour } from './tour.js';

/**
 * Tours pages of the desk: whole in both languages, sizes and themes; their lists calm when they are empty, and saying in words what
 * went wrong. Colours of what is empty or failed: console-pages.test.ts.
 */
export function describeTour(
  title: string,
  parts: [title: string, pages: Names][],
  problems: Record<string, 'unavailable' | 'forbidden'>,
): void {
  /** Lists that may be empty or fail. */
  const lists = parts
    .flatMap(([, pages]) => pages)
    .filter(([, path]) => path.split('/').length === 2 && !path.includes('?'));

  describeIfChromium(title, () => {
    const tour = new Tour();

    beforeAll(() => tour.start(), 60_000);
    afterAll(() => tour.stop());
    beforeEach(() => tour.reset());

    // In parts, so that a page that hangs is told by the name of its part.
    it.each(parts)(
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
      for (const [path, problem] of Object.entries(problems)) tour.api.problems.set(path, problem);
      expect(await tour.inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem' })).toEqual([]);
    }, 120_000);
  });
}
