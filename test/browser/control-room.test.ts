import { type Alarm } from '@sc/contracts';
import type { Browser, Page } from 'playwright-core';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, requireBuild, visit } from './support/console.js';
import { uuid } from './support/fixtures.js';
import { MockApi } from './support/mock-api.js';

/** Counts tones instead of listening to them. */
const countTones = () => {
  const counted = window as unknown as { tones: number };
  counted.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when?: number) {
    counted.tones += 1;
    start.call(this, when);
  };
};
const tonesOf = (page: Page) => page.evaluate(() => (window as unknown as { tones: number }).tones);
/** Until more tones were played than that. */
const louderThan = (page: Page, count: number) =>
  page.waitForFunction((n) => (window as unknown as { tones: number }).tones > n, count);

describeIfChromium('the control room', () => {
  let browser: Browser;
  let api: MockApi;

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

  const raise = (id: string, severity: Alarm['severity'], title: string) => {
    const alarm = {
      ...api.site.alarms[0]!,
      id,
      severity,
      state: 'unacknowledged' as const,
      raisedAt: new Date().toISOString(),
      title: { 'zh-CN': title, en: title },
    };
    api.site.alarms.unshift(alarm);
    const { deviceId, ruleId, domain, areaId, state, raisedAt: at } = alarm;
    api.emit('alarm.raised.v1', {
      alarmId: id,
      deviceId,
      ruleId,
      domain,
      severity,
      areaId,
      state,
      at,
      workOrder: true,
    });
  };
  const openList = async () => {
    const visitor = await visit(browser, api.origin(), { login: 'operator' });
    await visitor.page.addInitScript(countTones);
    await visitor.page.goto(`${api.origin()}/alarms`);
    await visitor.page.locator('[data-alarm]').first().waitFor();
    await visitor.page.getByText('Live', { exact: true }).waitFor();
    return visitor;
  };

  it('is gone through by keys: the list stands still under them, and danger to life is told by name', async () => {
    const { page, context, errors } = await openList();
    const rows = page.locator('[data-alarm]');
    const order = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-alarm')));
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const before = await order();
    const under = await page.evaluate(() => document.activeElement?.getAttribute('data-alarm'));
    expect(under).toBe(before[1]);
    raise(uuid(590), 'extreme', 'Fire in the lift');
    await page
      .getByRole('alert')
      .getByText(/1 new danger to life: Fire in the lift/)
      .waitFor();
    expect(await order()).toEqual(before);

    await page.keyboard.press('c');
    await page.getByRole('dialog').getByRole('textbox', { name: 'Comment' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('looked at camera 3');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(api.alarmMoves).toEqual([{ move: 'comment', id: under, note: 'looked at camera 3' }]);

    await page.keyboard.press('n');
    await page.locator(`[data-alarm="${uuid(590)}"]`).waitFor();
    await page.locator(`[data-alarm="${under}"]:focus`).waitFor();

    await page.keyboard.press('s');
    await page.getByRole('dialog', { name: 'Shelve this alarm' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.getByRole('dialog').getByRole('button', { name: 'I take it' }).click();
    await expect.poll(() => api.alarmMoves.length, { timeout: 30_000 }).toBe(2);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys of the alarm list' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('says that nothing is heard yet, sounds after one click, and mutes with an end but no new danger to life', async () => {
    for (const alarm of api.site.alarms) alarm.state = 'acknowledged';
    const { page, context, errors } = await openList();
    await page.getByRole('button', { name: 'Sound of alarms: Sound waits for a click' }).click();
    const panel = page.locator('.sound-panel');
    await panel.getByText('New alarms are heard here').waitFor();
    expect(await tonesOf(page)).toBe(0);
    await panel.getByRole('button', { name: 'Severe' }).click();
    await louderThan(page, 2);

    await panel.getByRole('button', { name: '15 min' }).click();
    await page.getByRole('button', { name: /Muted until \d\d:\d\d/ }).waitFor();
    await page.keyboard.press('Escape');
    // Away from the list, which would stand still under it.
    await page.mouse.move(0, 0);
    const before = await tonesOf(page);
    raise(uuid(591), 'severe', 'Door forced');
    await page.getByText('Door forced').first().waitFor();
    raise(uuid(592), 'extreme', 'Fire in the lift');
    await louderThan(page, before);
    // Ten beeps are danger to life; the three of the door would have come before them.
    expect(await tonesOf(page)).toBe(before + 10);
    expect(await page.title()).toContain('DANGER TO LIFE 1');
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('on the wall shows every danger to life whole, and a board that is cut off or signed out does not look calm', async () => {
    const { context, page } = await visit(browser, api.origin(), { login: 'operator' });
    await page.clock.install();
    await page.goto(`${api.origin()}/wallboard`);
    await page.getByText('Live', { exact: true }).waitFor();
    const before = await page.locator('.wall-tile').count();
    for (let n = 0; n < 25; n += 1)
      raise(uuid(8_000 + n), 'extreme', `Smoke alarm ${n}: a fire is suspected, verify at once`);
    const tiles = page.locator('.wall-tile');
    await page.waitForFunction((n) => document.querySelectorAll('.wall-tile').length === n, before + 25);
    // A size is found in steps, one a frame.
    const areWhole = () =>
      page.waitForFunction(() =>
        [...document.querySelectorAll('.wall-tile')].every((tile) => {
          const { right, bottom } = tile.getBoundingClientRect();
          return right <= innerWidth && bottom <= innerHeight && tile.scrollWidth <= tile.clientWidth + 1;
        }),
      );
    for (const [width, height] of [
      [1440, 900],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await page.setViewportSize({ width, height });
      await areWhole();
    }

    api.setNetwork(false);
    await page.waitForFunction(() => !document.querySelector('.wall-stream[data-live=true]'));
    await page.clock.runFor(7_000);
    await page.getByText('NOT LIVE').waitFor();
    api.setNetwork(true);
    await page.clock.runFor(20_000);
    await page.getByText('NOT LIVE').waitFor({ state: 'detached' });

    await context.clearCookies();
    raise(uuid(8_100), 'minor', 'Battery is low');
    await page.clock.runFor(1_000);
    await page.getByText('SIGNED OUT').waitFor();
    expect(await tiles.count()).toBe(0);
    await context.close();
  });
});
