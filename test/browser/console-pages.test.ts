import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, desk, phone, requireBuild, visit } from './support/console.js';
import { anEmptySite, aSite, incidentId, orderId, uuid } from './support/fixtures.js';
import { MockApi } from './support/mock-api.js';

/** Set it to keep a picture of every page, to be looked at. */
const pictures = process.env['SCREENSHOTS_DIR'];

const deskPages: [string, string][] = [
  ['alarms', '/alarms'],
  ['alarm', `/alarms/${uuid(500)}`],
  ['map', '/map'],
  ['work-orders', '/work-orders'],
  ['work-order', `/work-orders/${uuid(701)}`],
  ['incident', `/incidents/${incidentId}`],
  ['devices', '/devices'],
  ['device', '/devices/sunny/smoke-1'],
  ['dead-letters', '/dead-letters'],
  ['audit', '/audit'],
  ['areas', '/areas/grid-1'],
  ['shifts', '/shifts'],
];
const fieldPages: [string, string][] = [
  ['field', '/field'],
  ['field-order', `/field/orders/${orderId}`],
  ['field-report', `/field/orders/${uuid(702)}`],
  ['field-waiting', '/field/waiting'],
  ['field-messages', '/field/messages'],
  ['field-me', '/field/me'],
];

describeIfChromium('every page of the console', () => {
  let browser: Browser;
  const api = new MockApi(builtConsole);

  beforeAll(async () => {
    requireBuild();
    await api.start();
    browser = await launchChromium();
    if (pictures) mkdirSync(pictures, { recursive: true });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });
  beforeEach(() => {
    api.site = aSite(Date.now());
    api.problems.clear();
  });

  /** Opens pages in turn and collects everything one would not accept from a product one paid for. */
  async function inspect(pages: [string, string][], options: Parameters<typeof visit>[2] & { suffix?: string }) {
    const { context, page, errors } = await visit(browser, api.origin(), options);
    const found: string[] = [];
    const audited = options.viewport === desk || options.login === 'officer';
    for (const [name, path] of pages) {
      await page.goto(api.origin() + path);
      await page.locator('h1').first().waitFor();
      await page.waitForFunction(() => !document.querySelector('.ant-skeleton, .plain-spinner, .ant-spin-spinning'));
      if (name === 'map') await page.waitForTimeout(800);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) found.push(`${name}: ${wide} px wider than the screen`);
      const body = await page.locator('body').innerText();
      const rawKey = /\b(?:app|desk|words|field|alarms|devices|workOrders|problem)[.:][a-z][A-Za-z.-]+\b/.exec(body);
      if (rawKey) found.push(`${name}: untranslated ${rawKey[0]}`);
      if (audited) {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        for (const v of violations.filter((v) => v.impact === 'serious' || v.impact === 'critical'))
          found.push(
            `${name}: ${v.id}: ${v.nodes
              .map((n) => n.html.slice(0, 160))
              .slice(0, 2)
              .join(' | ')}`,
          );
      }
      if (pictures)
        await page.screenshot({
          path: join(pictures, `${name}-${options.viewport?.width}-${options.locale}${options.suffix ?? ''}.png`),
        });
    }
    await context.close();
    return [...found, ...errors];
  }

  for (const locale of ['zh-CN', 'en'] as const) {
    it(`is whole on the desk, ${locale}`, async () => {
      expect(await inspect(deskPages, { login: 'admin', locale, viewport: desk })).toEqual([]);
    }, 180_000);
    it(`is whole on a narrow screen, ${locale}`, async () => {
      expect(await inspect(deskPages, { login: 'admin', locale, viewport: phone })).toEqual([]);
    }, 180_000);
    it(`is whole in the field, ${locale}`, async () => {
      expect(await inspect(fieldPages, { login: 'officer', locale, viewport: phone })).toEqual([]);
    }, 180_000);
    it(`asks for the login, ${locale}`, async () => {
      expect(await inspect([['login', '/']], { locale, viewport: desk })).toEqual([]);
      expect(await inspect([['login', '/field']], { locale, viewport: phone })).toEqual([]);
    }, 60_000);
  }

  it('is whole at night', async () => {
    expect(
      await inspect(deskPages, { login: 'admin', viewport: desk, theme: 'dark', locale: 'zh-CN', suffix: '-dark' }),
    ).toEqual([]);
    expect(
      await inspect(fieldPages, { login: 'officer', viewport: phone, theme: 'dark', locale: 'zh-CN', suffix: '-dark' }),
    ).toEqual([]);
  }, 180_000);

  it('says calmly that there is nothing', async () => {
    api.site = anEmptySite(Date.now());
    const empty = deskPages.filter(([, path]) => path.split('/').length === 2);
    expect(await inspect(empty, { login: 'admin', viewport: desk, locale: 'en', suffix: '-empty' })).toEqual([]);
    expect(
      await inspect(fieldPages.slice(0, 1), { login: 'officer', viewport: phone, locale: 'en', suffix: '-empty' }),
    ).toEqual([]);
  }, 120_000);

  it('says what went wrong, in words', async () => {
    for (const path of ['/alarms', '/work-orders', '/devices', '/dead-letters', '/areas', '/shifts'])
      api.problems.set(path, 'unavailable');
    api.problems.set('/audit', 'forbidden');
    const lists = deskPages.filter(([, path]) => path.split('/').length === 2 && path !== '/map');
    expect(await inspect(lists, { login: 'admin', viewport: desk, locale: 'en', suffix: '-problem' })).toEqual([]);
  }, 120_000);
});
