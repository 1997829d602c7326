import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import en from '../../apps/console/src/locales/en/index.js';
import zh from '../../apps/console/src/locales/zh-CN/index.js';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, desk, phone, requireBuild, visit } from './support/console.js';
import { anEmptySite, aSite } from './support/fixtures.js';
import { MockApi } from './support/mock-api.js';

async function barriers(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  return (await axe.analyze()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`);
}

describeIfChromium('exports and the state of the system', () => {
  let browser: Browser;
  let api: MockApi;
  const picture = async (page: Page, name: string) => {
    const folder = process.env['SCREENSHOTS_DIR'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  beforeAll(async () => {
    requireBuild();
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    api = new MockApi(builtConsole);
    await api.start();
  });
  afterEach(() => api.stop());

  it.each([
    ['en', desk, en],
    ['zh-CN', phone, zh],
  ] as const)(
    'a range is exported from the page of its device, with the keyboard alone: %s',
    async (locale, viewport, words) => {
      api.site = anEmptySite(Date.now());
      api.site.devices = aSite(Date.now()).devices;
      const [example] = aSite(Date.now()).exports;
      const { page, context, errors } = await visit(browser, api.origin(), {
        login: 'operator',
        locale,
        viewport,
        reducedMotion: 'reduce',
      });
      await page.goto(`${api.origin()}/devices/sunny/smoke-1`);
      await page.getByRole('button', { name: words.exports.button }).press('Enter');
      const dialog = page.getByRole('dialog', { name: words.exports.title });
      await dialog.getByText(words.exports.none).waitFor();

      // The chart's day, on the clock of the site.
      const [from, to] = await Promise.all([
        dialog.getByLabel(words.exports.from, { exact: true }).inputValue(),
        dialog.getByLabel(words.exports.to, { exact: true }).inputValue(),
      ]);
      expect(Date.parse(to) - Date.parse(from)).toBe(24 * 60 * 60_000);
      await dialog.getByText(words.exports.formats.parquet, { exact: true }).click();
      await dialog.getByRole('button', { name: words.exports.start, exact: true }).press('Enter');
      const progress = dialog.getByRole('progressbar');
      await progress.waitFor();
      expect(await progress.getAttribute('aria-valuenow')).toBe('25');
      expect(api.site.exports).toMatchObject([{ format: 'parquet', deviceIds: ['sunny/smoke-1'] }]);

      api.site.exports[0] = { ...api.site.exports[0]!, state: 'done', progress: 1, expiresAt: example!.createdAt };
      const download = dialog.getByRole('link', { name: /readings\.parquet/ });
      await download.waitFor();
      expect(await download.getAttribute('href')).toBe(`/api/v1/exports/${api.site.exports[0].id}/file`);
      await dialog.getByRole('button', { name: /readings\.parquet/ }).press('Enter');
      await dialog.getByText(words.exports.none).waitFor();
      expect(errors).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('every state of an export is told, in both languages and sizes, without a barrier', async () => {
    for (const [locale, viewport, words] of [
      ['en', phone, en],
      ['zh-CN', desk, zh],
    ] as const) {
      const { page, context } = await visit(browser, api.origin(), {
        login: 'admin',
        locale,
        viewport,
        reducedMotion: 'reduce',
      });
      await page.goto(`${api.origin()}/devices`);
      // By key: while the page still fills, notices above move the button, and a hand may miss it.
      await page.getByRole('button', { name: words.exports.button }).press('Enter');
      const dialog = page.getByRole('dialog', { name: words.exports.title });
      await dialog.getByText(words.exports.error['too-many-rows']).waitFor();
      await dialog.getByText(words.exports.state.running, { exact: true }).waitFor();
      await dialog.getByRole('button', { name: words.exports.start, exact: true }).press('Enter');
      await dialog.getByText(words.exports.required).first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await picture(page, `exports ${locale}`);
      await dialog.getByRole('button', { name: words.exports.start, exact: true }).scrollIntoViewIfNeeded();
      expect(await barriers(page)).toEqual([]);
      await context.close();
    }
  }, 60_000);

  it.each([
    ['en', desk, en],
    ['zh-CN', phone, zh],
  ] as const)(
    'channels are tried, and everybody chooses what they are told by: %s',
    async (locale, viewport, words) => {
      api.site = aSite(Date.now());
      const { page, context, errors } = await visit(browser, api.origin(), { login: 'admin', locale, viewport });
      const own = words.channels.own;
      await page.goto(`${api.origin()}/channels`);
      await page.getByRole('button', { name: words.channels.test, exact: true }).nth(1).click();
      await page.getByRole('button', { name: words.channels.testSend }).click();
      await page.getByText(words.channels.reason['smtp-535']).waitFor();
      await picture(page, `channels-test ${locale}`);
      await page.getByRole('button', { name: words.app.close, exact: true }).last().click();
      await page.getByRole('button', { name: words.channels.edit, exact: true }).nth(1).click();
      await page.getByLabel(words.channels.field.from).waitFor();
      expect(await page.getByText(words.channels.keepSecret).count()).toBe(1);
      await picture(page, `channels-form ${locale}`);
      await page.getByRole('button', { name: words.app.cancel, exact: true }).click();
      await page.getByRole('tab', { name: words.channels.tabs.log }).click();
      await page.getByText(words.channels.reason.timeout).waitFor();
      await picture(page, `channels-log ${locale}`);

      await page.getByRole('button', { name: api.site.people.find(({ role }) => role === 'admin')!.name }).click();
      await page.getByText(own.title).click();
      const dialog = page.getByRole('dialog', { name: own.title });
      const extreme = dialog.getByRole('checkbox', { name: new RegExp(`^${words.words.severity.extreme} · `) });
      await extreme.first().waitFor();
      for (const box of await extreme.all()) await box.uncheck();
      await dialog.getByLabel(own.phone).fill('13800000000');
      await dialog.getByRole('button', { name: words.channels.save, exact: true }).click();
      await dialog.getByText(own.badAddress.replace('{{what}}', own.phone)).waitFor();
      await dialog.getByLabel(own.phone).fill('+8613800000000');
      await dialog.getByRole('button', { name: words.channels.save, exact: true }).click();
      await dialog.getByText(own.saved).waitFor();
      // what the site does not offer now stays chosen; so a list is never empty by accident
      expect(api.site.telling.own.preferences.channels.extreme).toEqual(['wecom', 'dingtalk', 'feishu', 'voice']);
      expect(api.site.telling.addresses.phone).toBe('+8613800000000');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await picture(page, `own-notifications ${locale}`);
      expect(await barriers(page)).toEqual([]);
      expect(errors).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('the page System follows what happens, and says when nobody answers', async () => {
    api.site = anEmptySite(Date.now());
    const { page, context } = await visit(browser, api.origin(), { login: 'admin', locale: 'en' });
    // Ages count on the clock of the page.
    await page.clock.install();
    await page.goto(`${api.origin()}/system`);
    await page.getByText(en.system.well, { exact: true }).waitFor();
    api.site.system = aSite(Date.now()).system;
    await page.clock.runFor(6_000);
    await page.getByText(en.system.attention).waitFor();
    await page.getByText(en.system.state.silent, { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);

    api.problems.set('/system', 'unavailable');
    await page.clock.runFor(60_000);
    await page.getByText(en.system.unknown).waitFor();
    await page.getByText(en.app.problem.unavailable).first().waitFor();
    // What was known last stays, with its age.
    await page.getByText('smart-community-sensing-7c9d8f6b54-x2x4q').first().waitFor();
    api.problems.clear();
    await page.clock.runFor(10_000);
    await page.getByText(en.system.attention).waitFor();
    await context.close();
  }, 60_000);
});
