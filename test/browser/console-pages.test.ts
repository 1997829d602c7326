import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import en from '../../apps/console/src/locales/en/index.js';
import zh from '../../apps/console/src/locales/zh-CN/index.js';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, desk, phone, requireBuild, visit } from './support/console.js';
import { anEmptySite, aSite, incidentId, orderId, uuid } from './support/fixtures.js';
import { MockApi } from './support/mock-api.js';
import { pictureAlarms } from './support/other-domains.js';
import { planId, roundId } from './support/rounds.js';

/** Set it to keep a picture of every page, to be looked at. */
const pictures = process.env['SCREENSHOTS_DIR'];

const deskPages: [string, string][] = [
  ['alarms', '/alarms'],
  ['alarm', `/alarms/${uuid(500)}`],
  ['alarm-shelved', `/alarms/${uuid(541)}`],
  ['maintenance', '/maintenance'],
  ['alarm-load', '/alarm-load'],
  ['map', '/map'],
  ['work-orders', '/work-orders'],
  ['work-order', `/work-orders/${uuid(701)}`],
  ['incident', `/incidents/${incidentId}`],
  ['devices', '/devices'],
  ['device', '/devices/sunny/smoke-1'],
  ['dead-letters', '/dead-letters'],
  ['audit', '/audit'],
  ['areas', '/areas/grid-1'],
  ['calendars', '/calendars'],
  ['catalogue', '/catalogue'],
  ['catalogue-item', '/catalogue/exposed-rubbish'],
  ['rounds', '/rounds'],
  ['round', `/rounds/${roundId}`],
  ['round-plans', '/rounds?tab=plans'],
  ['round-plan', `/rounds/plans/${planId}/edit`],
  ['round-plan-new', '/rounds/plans/new'],
  ['shifts', '/shifts'],
  ['teams', '/teams'],
  ['escalation', '/escalation-chains'],
  ['people', '/people'],
  ['first-steps', '/first-steps'],
  ['bridges', '/bridges'],
  ['channels', '/channels'],
  ['camera', '/devices/sunny/cam-gate'],
  ['picture-stored', `/alarms/${pictureAlarms.stored}`],
  ['picture-failed', `/alarms/${pictureAlarms.failed}`],
  ['picture-pending', `/alarms/${pictureAlarms.pending}`],
  ['rules', '/rules'],
  ['rule', '/rules/smoke-high'],
  ['rule-stopped', '/rules/battery-low'],
  ['rule-history', '/rules/smoke-high?tab=history'],
  ['rule-edit', '/rules/smoke-high/edit'],
  ['rule-new', '/rules/new'],
  ['system', '/system'],
  ['label-target', '/d/sunny/smoke-1'],
];
const fieldPages: [string, string][] = [
  ['field', '/field'],
  ['field-order', `/field/orders/${orderId}`],
  ['field-report', `/field/orders/${uuid(702)}`],
  ['field-waiting', '/field/waiting'],
  ['field-rounds', '/field/rounds'],
  ['field-round', `/field/rounds/${roundId}`],
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

  type Names = [string, string][];

  /** What one would not accept from a product one paid for, on the page that is open. */
  async function faultsOf(page: Page, name: string): Promise<string[]> {
    await page.waitForFunction(() => !document.querySelector('.ant-skeleton, .plain-spinner, .ant-spin-spinning'));
    const found: string[] = [];
    // A tooltip that is just being placed is measured far outside; only what stays is a fault.
    await page
      .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, { timeout: 3000 })
      .catch(() => found.push(`${name}: wider than the screen`));
    const body = await page.locator('body').innerText();
    const rawKey =
      /\b(?:app|desk|load|rounds|words|field|site|cameras|system|silences|alarms|devices|workOrders|problem)[.:][a-z][A-Za-z.-]+\b/.exec(
        body,
      );
    if (rawKey) found.push(`${name}: untranslated ${rawKey[0]}`);
    if (pictures) await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`) });
    return found;
  }

  /** Barriers that are serious or critical; `contrast` looks at colours alone, which is what a theme changes. */
  async function barriersOf(
    page: Page,
    name: string,
    what: 'everything' | 'contrast' = 'everything',
  ): Promise<string[]> {
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    if (what === 'contrast') axe.withRules(['color-contrast']);
    else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
    const { violations } = await axe.analyze();
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map(
        (v) =>
          `${name}: ${v.id}: ${v.nodes
            .map((n) => n.html.slice(0, 160))
            .slice(0, 2)
            .join(' | ')}`,
      );
  }

  async function open(page: Page, path: string): Promise<void> {
    await page.goto(api.origin() + path, { waitUntil: 'domcontentloaded' });
    await page.locator('h1').first().waitFor();
    if (path === '/map') await page.locator('.map-label').first().waitFor();
  }

  /** Each page is opened once; language, theme and size change under it, as they do under a person. */
  async function inspectDesk(pages: Names): Promise<string[]> {
    const { context, page, errors } = await visit(browser, api.origin(), {
      login: 'admin',
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    for (const [name, path] of pages) {
      await page.setViewportSize(desk);
      await open(page, path);
      found.push(...(await faultsOf(page, `${name} zh-CN`)), ...(await barriersOf(page, `${name} zh-CN`)));
      await page.setViewportSize(phone);
      found.push(...(await faultsOf(page, `${name} zh-CN phone`)));

      await page.setViewportSize(desk);
      await page.getByRole('button', { name: zh.app.theme.dark }).click();
      // Its name changes in the same stroke as the colours of every part.
      await page.getByRole('button', { name: zh.app.theme.light }).waitFor();
      found.push(...(await faultsOf(page, `${name} zh-CN dark`)));
      found.push(...(await barriersOf(page, `${name} zh-CN dark`, 'contrast')));
      await page.getByRole('button', { name: zh.app.theme.light }).click();

      await page.getByRole('button', { name: en.app.languageName, exact: true }).click();
      await page.locator('html[lang=en]').waitFor();
      found.push(...(await faultsOf(page, `${name} en`)));
      await page.setViewportSize(phone);
      found.push(...(await faultsOf(page, `${name} en phone`)));
    }
    await context.close();
    return [...found, ...errors];
  }

  /** The phone's pages, at one size; `audit` tells what axe looks at. */
  async function inspect(
    pages: Names,
    options: Parameters<typeof visit>[2] & { suffix?: string; audit?: 'everything' | 'contrast' },
  ): Promise<string[]> {
    const { suffix = '', audit, ...visitor } = options;
    const { context, page, errors } = await visit(browser, api.origin(), { ...visitor, reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const [name, path] of pages) {
      const full = `${name} ${options.locale ?? 'en'}${suffix}`;
      await open(page, path);
      found.push(...(await faultsOf(page, full)));
      if (audit) found.push(...(await barriersOf(page, full, audit)));
    }
    await context.close();
    return [...found, ...errors];
  }

  // In parts, so that a page that hangs is told by the name of its part.
  it.each([
    ['alarms and what silences them', deskPages.slice(0, 5)],
    ['map and work orders', deskPages.slice(5, 9)],
    ['devices and administration', deskPages.slice(9, 16)],
    ['first steps, cameras and what they saw', deskPages.slice(16, 23)],
    ['rules and the system', deskPages.slice(23)],
  ])(
    'is whole on the desk, in both languages, sizes and themes: %s',
    async (_, pages) => {
      expect(await inspectDesk(pages)).toEqual([]);
    },
    180_000,
  );

  it('is whole on a sheet of labels', async () => {
    const labels: Names = [['labels', '/labels?device=sunny/smoke-1&device=sunny/door-1&device=sunny/cam-gate']];
    for (const locale of ['zh-CN', 'en'] as const) {
      expect(await inspect(labels, { login: 'admin', locale, audit: 'everything' })).toEqual([]);
      expect(await inspect(labels, { login: 'admin', locale, viewport: phone, suffix: ' phone' })).toEqual([]);
    }
  }, 60_000);

  it('is whole in the field, by day and by night', async () => {
    const officer = { login: 'officer', viewport: phone } as const;
    expect(await inspect(fieldPages, { ...officer, locale: 'zh-CN', audit: 'everything' })).toEqual([]);
    expect(await inspect(fieldPages, { ...officer, locale: 'en' })).toEqual([]);
    expect(
      await inspect(fieldPages, { ...officer, locale: 'zh-CN', theme: 'dark', suffix: ' dark', audit: 'contrast' }),
    ).toEqual([]);
  }, 180_000);

  it('asks for the login', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const audit = locale === 'zh-CN' ? 'everything' : undefined;
      expect(await inspect([['login', '/']], { locale, viewport: desk, audit })).toEqual([]);
      expect(await inspect([['login', '/field']], { locale, viewport: phone, audit, suffix: ' field' })).toEqual([]);
    }
  }, 60_000);

  it('says calmly that there is nothing', async () => {
    api.site = anEmptySite(Date.now());
    const empty = deskPages.filter(([, path]) => path.split('/').length === 2 && path !== '/map');
    expect(await inspect(empty, { login: 'admin', locale: 'en', suffix: ' empty', audit: 'contrast' })).toEqual([]);
    expect(
      await inspect(fieldPages.slice(0, 1), {
        login: 'officer',
        viewport: phone,
        locale: 'en',
        suffix: ' empty',
        audit: 'everything',
      }),
    ).toEqual([]);
  }, 120_000);

  it('says what went wrong, in words', async () => {
    for (const path of [
      '/alarms',
      '/work-orders',
      '/devices',
      '/dead-letters',
      '/areas',
      '/calendars',
      '/catalogue',
      '/shifts',
      '/maintenance-windows',
      '/out-of-service',
      '/people',
      '/bridges',
      '/channels',
      '/system',
    ])
      api.problems.set(path, 'unavailable');
    api.problems.set('/audit', 'forbidden');
    const lists = deskPages.filter(([, path]) => path.split('/').length === 2 && path !== '/map');
    expect(await inspect(lists, { login: 'admin', locale: 'en', suffix: ' problem', audit: 'contrast' })).toEqual([]);
  }, 120_000);
});
