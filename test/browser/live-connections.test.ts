import type { BrowserContext, Page } from 'playwright-core';
import { UnitOfWork } from '@sc/platform/database';
import en from '../../apps/console/src/locales/en/index.js';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { describeIfChromium, launchEverydayChromium, type EverydayChromium } from './support/chromium.js';
import { builtConsole, requireBuild } from './support/console.js';

const { live } = en.app;
const limit = { timeout: 60_000 };

/** A browser has six connections per host on HTTP/1.1, and every stream takes one. */
describeIfChromium('the live streams of one browser', () => {
  let gateway: TestGateway;
  let chromium: EverydayChromium;
  let context: BrowserContext;

  beforeAll(async () => {
    requireBuild();
    gateway = await startGateway({ console: builtConsole });
    await gateway.person('op', 'operator', 'c1');
  }, 60_000);
  afterAll(() => gateway?.stop(), 60_000);
  beforeEach(async () => {
    chromium = await launchEverydayChromium();
    context = chromium.context;
    const [name, value] = (await gateway.login('op')).split('=') as [string, string];
    await context.addCookies([{ name, value, url: gateway.url }]);
  }, 60_000);
  afterEach(() => chromium?.close(), 60_000);

  const isLive = (page: Page) => page.getByText(live.live, { exact: true }).waitFor(limit);
  const isHidden = (page: Page) => page.evaluate(() => document.hidden);
  /** A device the pages have not seen yet; only its event tells them. */
  async function changeSomething(name: string): Promise<void> {
    const deviceId = await aDevice(gateway.database.db, { id: `c1/${name}`, name });
    await gateway.app.get(UnitOfWork, { strict: false }).run(async ({ emit }) =>
      emit({
        type: 'device.changed.v1',
        payload: { deviceId, change: 'registered' },
        areaId: 'r1',
        subjectId: deviceId,
      }),
    );
  }

  it('ten pages one after another in a tab all load, and one that comes back from the cache is of the present', async () => {
    const page = await context.newPage();
    for (let i = 1; i <= 10; i++) {
      await page.goto(`${gateway.url}/devices?visit=${i}`, limit);
      await isLive(page);
      await page.evaluate((visit) => Object.assign(window, { visit }), i);
    }
    await changeSomething('after-ten-pages');
    await page.getByText(live.lastChange.replace('{{time}}', '').trim()).waitFor(limit);
    await page.getByText('c1/after-ten-pages').waitFor(limit);

    await page.evaluate(() => history.back());
    // What was written into the window is still there: this page was kept, not loaded again.
    await page.waitForFunction(() => (window as unknown as { visit?: number }).visit === 9, undefined, limit);
    await page.getByText('c1/after-ten-pages').waitFor(limit);
    await isLive(page);
    await changeSomething('after-coming-back');
    await page.getByText('c1/after-coming-back').waitFor(limit);
  }, 120_000);

  it('eight tabs all load; those that are hidden learn what they missed when they are seen', async () => {
    const pages: Page[] = [];
    for (let i = 1; i <= 8; i++) {
      const page = await context.newPage();
      pages.push(page);
      await page.goto(`${gateway.url}/devices`, limit);
      await isLive(page);
    }
    expect(await Promise.all(pages.map(isHidden))).toEqual([...Array<boolean>(7).fill(true), false]);
    const seen = pages[7]!;
    await changeSomething('for-eight-tabs');
    await seen.getByText('c1/for-eight-tabs').waitFor(limit);
    // The two that were hidden first keep listening; the others come after when they are looked at.
    await pages[0]!.getByText('c1/for-eight-tabs').waitFor(limit);
    for (const page of pages.slice(2, 5)) {
      await page.bringToFront();
      await isLive(page);
      await page.getByText('c1/for-eight-tabs').waitFor(limit);
    }
  }, 180_000);
});
