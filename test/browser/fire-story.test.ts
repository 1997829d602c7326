import { workOrderSchema } from '@sc/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import en from '../../apps/console/src/locales/en/index.js';
import zh from '../../apps/console/src/locales/zh-CN/index.js';
import type { MqttDevice } from '../../simulators/client/index.js';
import { aJpeg } from '../support/pictures.js';
import { PlatformProcess } from '../support/platform-process.js';
import { waitUntil } from '../support/wait.js';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { desk, phone, requireBuild, visit, type Visitor } from './support/console.js';

const deviceId = 'sunshine/home-b2-502';
const note = 'Oil caught fire in the pan. Put out, gas shut off, flat aired.';
/** antd sets a space between the two characters of a short Chinese button. */
const button = (within: Page | Locator, text: string): Locator =>
  within.getByRole('button', { name: new RegExp(`^${[...text].join('\\s?')}$`) });

/** The main job on the real product, as its people see it: control room in Chinese, officer's phone in English. */
describeIfChromium('a fire, as the control room and the officer see it', () => {
  let platform: PlatformProcess;
  let browser: Browser;
  let device: MqttDevice;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    requireBuild();
    platform = await PlatformProcess.create();
    await platform.start();
    browser = await launchChromium();
    device = await platform.device(deviceId);
  }, 180_000);
  afterAll(async () => {
    await device?.end();
    await browser?.close();
    await platform?.dispose();
  }, 60_000);

  async function enter(login: string, texts: typeof en, options: Parameters<typeof visit>[2]): Promise<Page> {
    const visitor = await visit(browser, platform.httpUrl, options);
    visitors.push(visitor);
    const { page } = visitor;
    const person = (await platform.demo()).people.find((p) => p.login === login);
    await page.goto(platform.httpUrl);
    await page.getByLabel(texts.app.login.user).fill(login);
    await page.getByLabel(texts.app.login.password).fill(person?.password ?? '');
    await button(page, texts.app.login.submit).click();
    return page;
  }

  async function burn(): Promise<void> {
    const now = Date.now();
    await device.telemetry({ ts: now - 10_000, values: { smoke: 0.1, temperature: 21 } });
    for (let second = 9; second >= 0; second -= 1)
      await device.telemetry({ ts: now - second * 1000, values: { smoke: 25, temperature: 24 } });
  }

  it('is seen at once, handled on the phone, and closed with a story that says who did what', async () => {
    const room = await enter('operator1', zh, { locale: 'zh-CN', viewport: desk });
    await room.getByText(zh.desk.alarms.calm).waitFor();
    await room.getByText(zh.app.live.live, { exact: true }).waitFor();
    await room.evaluate(() => Object.assign(window, { neverReloaded: true }));

    await burn();
    const row = room.locator('[data-alarm]').filter({ hasText: '2号楼 · 502室' }).first();
    await row.waitFor();
    expect(await row.innerText()).toContain(zh.words.severity.extreme);

    const control = await platform.login('operator1');
    await waitUntil(async () => (await control.all(workOrderSchema, '/work-orders')).some((o) => o.assigneeName));
    const [order] = await control.all(workOrderSchema, '/work-orders');
    const { people } = await platform.demo();
    const officer = people.find((person) => person.name === order?.assigneeName);
    if (!order || !officer) throw new Error('no officer was asked');

    await row.click();
    await room.getByRole('link', { name: zh.desk.alarms.openWorkOrder }).click();
    await room.getByText(zh.words.timelineTo['work-order'].dispatch.replace('{{name}}', officer.name)).waitFor();

    const field = await enter(officer.login, en, { locale: 'en', viewport: phone });
    await field.getByText(order.number).click();
    await field.getByText('Building 2 · Flat 502').first().waitFor();
    await button(field, en.field.accept).click();
    await button(field, en.field.acceptConfirm).click();
    await button(field, en.field.start).click();
    await field.getByLabel(en.field.reportTitle).fill(note);
    await field
      .locator('input[type=file]')
      .setInputFiles({ name: 'kitchen.jpg', mimeType: 'image/jpeg', buffer: aJpeg() });
    await field.getByAltText(en.field.photoAlt.replace('{{n}}', '1')).waitFor();
    await button(field, en.field.sendReport).click();
    await field.getByText(en.field.sent, { exact: true }).waitFor();
    await field.getByText(en.words.workOrderState.reported, { exact: true }).first().waitFor();

    // The order stood open in the control room all the time: it tells the report by itself.
    await room.getByText(note).waitFor();
    const photo = room.locator('.story img');
    await photo.click();
    const large = room.getByRole('dialog').locator('img');
    await large.waitFor();
    await room.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('dialog[open] img');
      return image?.complete && image.naturalWidth > 0;
    });
    await button(room.getByRole('dialog'), zh.app.close).click();

    for (const action of ['verify', 'close'] as const) {
      await button(room, zh.words.workOrderAction[action]).click();
      await button(room.getByRole('dialog'), zh.words.workOrderAction[action]).click();
      await room.getByText(zh.words.timeline['work-order'][action], { exact: true }).first().waitFor();
    }

    const story = room.locator('.story');
    const told = await story.innerText();
    const steps = zh.words.timeline['work-order'];
    for (const text of [steps.register, steps.accept, steps.start, steps.report, steps.verify, steps.close])
      expect(told).toContain(text);
    expect(told).toContain(zh.words.timelineTo.notification['life-safety-call'].replace('{{name}}', officer.name));
    expect(told.indexOf(steps.accept)).toBeLessThan(told.indexOf(steps.report));
    expect(told.indexOf(steps.report)).toBeLessThan(told.indexOf(steps.close));
    const operator = people.find((person) => person.login === 'operator1');
    expect(told.slice(told.indexOf(steps.verify))).toContain(operator?.name);

    await button(room, en.app.languageName).click();
    await room.getByText(en.words.timeline['work-order'].close, { exact: true }).first().waitFor();
    await room.getByText(en.words.timelineTo['work-order'].dispatch.replace('{{name}}', officer.name)).waitFor();
    expect(await room.evaluate(() => 'neverReloaded' in window)).toBe(true);
    expect(visitors.flatMap((visitor) => visitor.errors)).toEqual([]);
  }, 180_000);
});
