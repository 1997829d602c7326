import { shiftSchema, workOrderSchema } from '@sc/contracts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
const flat = { zh: '2号楼 · 502室', en: 'Building 2 · Flat 502' };
const note = 'Oil caught fire in the pan. Put out, gas shut off, flat aired.';
/** A folder for pictures of every device after every step, for whoever wants to look. */
const pictures = process.env['STORY_PICTURES'];
/** antd sets a space between the two characters of a short Chinese button. */
const button = (within: Page | Locator, text: string): Locator =>
  within.getByRole('button', { name: new RegExp(`^${[...text].join('\\s?')}$`) });

/**
 * The main job on the real product, as its people see it at the same time: control room in Chinese at a desk, officer in English on a phone
 * that loses its network, whoever verifies in Chinese on a phone.
 */
describeIfChromium('a fire, on three devices at once', () => {
  let platform: PlatformProcess;
  let browser: Browser;
  let device: MqttDevice;
  const visitors = new Map<string, Visitor>();

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

  async function enter(
    name: string,
    login: string,
    texts: typeof en,
    options: Parameters<typeof visit>[2],
  ): Promise<Page> {
    const visitor = await visit(browser, platform.httpUrl, options);
    visitors.set(name, visitor);
    const { page } = visitor;
    const person = (await platform.demo()).people.find((p) => p.login === login);
    await page.goto(platform.httpUrl);
    await page.getByLabel(texts.app.login.user).fill(login);
    await page.getByLabel(texts.app.login.password).fill(person?.password ?? '');
    await button(page, texts.app.login.submit).click();
    return page;
  }

  /** Whom the plan has on shift where it will burn: known before, so that the phone is open from the first reading. */
  async function officerOnShift() {
    const control = await platform.login('operator1');
    const now = Date.now();
    const query = { from: new Date(now - 60_000).toISOString(), to: new Date(now + 60_000).toISOString() };
    const shifts = await control.all(shiftSchema, '/shifts', { ...query, areaId: 'sunshine-grid-1' });
    const shift = shifts.find(({ startsAt, endsAt }) => Date.parse(startsAt) <= now && Date.parse(endsAt) > now);
    const officer = (await platform.demo()).people.find(({ name }) => name === shift?.personName);
    if (!officer) throw new Error('nobody is on shift');
    return officer;
  }

  const read = (smoke: number, temperature: number, at: number) =>
    device.telemetry({ ts: at, values: { smoke, temperature } });
  async function burn(): Promise<void> {
    const now = Date.now();
    for (let second = 9; second >= 0; second -= 1) await read(25, 24, now - second * 1000);
  }
  let step = 0;
  async function look(what: string): Promise<void> {
    if (!pictures) return;
    step += 1;
    await mkdir(pictures, { recursive: true });
    for (const [name, { page }] of visitors)
      await page.screenshot({ path: join(pictures, `${String(step).padStart(2, '0')}-${what}-${name}.png`) });
  }

  it('is seen at once, handled on the phone, checked on another, and closed with a story that says who did what', async () => {
    const officer = await officerOnShift();
    const room = await enter('room', 'operator1', zh, { locale: 'zh-CN', viewport: desk });
    const field = await enter('field', officer.login, en, { locale: 'en', viewport: phone });
    const checker = await enter('checker', 'manager', zh, { locale: 'zh-CN', viewport: phone });
    for (const page of [room, checker]) {
      await page.getByText(zh.desk.alarms.calm).waitFor();
      await page.getByText(zh.app.live.live, { exact: true }).first().waitFor();
      await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
    }
    await field.getByText(en.field.calm).waitFor();
    await field.evaluate(() => Object.assign(window, { neverReloaded: true }));

    // The first reading is of an ordinary evening.
    await read(0.1, 21, Date.now() - 10_000);
    await burn();
    const rowOf = (page: Page) => page.locator('[data-alarm]').filter({ hasText: flat.zh }).first();
    for (const page of [room, checker]) {
      await rowOf(page).waitFor();
      expect(await rowOf(page).innerText()).toContain(zh.words.severity.extreme);
    }
    const control = await platform.login('operator1');
    await waitUntil(async () => (await control.all(workOrderSchema, '/work-orders')).some((o) => o.assigneeName));
    const [order] = await control.all(workOrderSchema, '/work-orders');
    expect(order?.assigneeName).toBe(officer.name);
    const number = order!.number;
    await field.getByText(number).first().waitFor();
    await look('burns');

    const words = zh.words.timelineTo['work-order'].dispatch.replace('{{name}}', officer.name);
    for (const page of [room, checker]) {
      await rowOf(page).click();
      await page.getByRole('link', { name: zh.desk.alarms.openWorkOrder }).click();
      await page.getByText(words).waitFor();
    }
    const states = zh.words.workOrderState;
    const bothSee = (text: string) =>
      Promise.all([room, checker].map((page) => page.getByText(text, { exact: true }).first().waitFor()));

    await field.getByText(number).first().click();
    await field.waitForURL('**/field/orders/*');
    await field.locator('.field-back').waitFor();
    await field.getByText(flat.en).first().waitFor();
    await look('dispatched');
    await button(field, en.field.accept).click();
    await button(field, en.field.acceptConfirm).click();
    await bothSee(states.accepted);
    await look('accepted');

    // In the stairwell there is no network: what the officer does waits on the phone, and nobody is told what has not arrived.
    const { context } = visitors.get('field')!;
    await context.setOffline(true);
    await button(field, en.field.start).click();
    await field.getByLabel(en.field.reportTitle).fill(note);
    await field
      .locator('input[type=file]')
      .last()
      .setInputFiles({ name: 'kitchen.jpg', mimeType: 'image/jpeg', buffer: aJpeg() });
    await field.getByAltText(en.field.photoAlt.replace('{{n}}', '1')).waitFor();
    await button(field, en.field.sendReport).click();
    for (const action of ['start', 'report'] as const)
      await field.getByText(en.field.pendingOrder.replace('{{action}}', en.words.workOrderAction[action])).waitFor();
    await look('without-network');
    expect(await control.all(workOrderSchema, '/work-orders')).toMatchObject([{ number, state: 'accepted' }]);
    await bothSee(states.accepted);

    await context.setOffline(false);
    await field.getByText(en.words.workOrderState.reported, { exact: true }).first().waitFor();
    // The order stood open on the other two all the time: they tell the report by themselves.
    for (const page of [room, checker]) await page.getByText(note).waitFor();
    await look('reported');
    await room.locator('.story img').click();
    await room.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('dialog[open] img');
      return image?.complete && image.naturalWidth > 0;
    });
    await button(room.getByRole('dialog'), zh.app.close).click();

    for (const action of ['verify', 'close', 'evaluate'] as const) {
      await button(checker, zh.words.workOrderAction[action]).click();
      const dialog = checker.getByRole('dialog');
      if (action === 'evaluate') await dialog.getByRole('radio').last().click();
      await look(`before-${action}`);
      await button(dialog, zh.words.workOrderAction[action]).click();
      await bothSee(zh.words.timeline['work-order'][action]);
    }
    await bothSee(states.evaluated);
    await field.getByText(en.words.workOrderState.evaluated, { exact: true }).first().waitFor();
    await look('evaluated');

    const told = await room.locator('.story').innerText();
    const steps = zh.words.timeline['work-order'];
    const way = [steps.register, steps.accept, steps.start, steps.report, steps.verify, steps.close, steps.evaluate];
    expect(way.map((text) => told.indexOf(text))).toEqual(
      way.map((text) => told.indexOf(text)).toSorted((a, b) => a - b),
    );
    expect(way.every((text) => told.includes(text))).toBe(true);
    expect(told).toContain(zh.words.timelineTo.notification['life-safety-call'].replace('{{name}}', officer.name));
    const manager = (await platform.demo()).people.find((person) => person.login === 'manager');
    expect(told.slice(told.indexOf(steps.verify))).toContain(manager?.name);
    expect(await checker.locator('.story').innerText()).toBe(told);

    await button(room, en.app.languageName).click();
    await room.getByText(en.words.timeline['work-order'].close, { exact: true }).first().waitFor();
    await room.getByText(en.words.timelineTo['work-order'].dispatch.replace('{{name}}', officer.name)).waitFor();
    for (const page of [room, field, checker]) expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
    expect([...visitors.values()].flatMap(({ errors }) => errors)).toEqual([]);
  }, 180_000);
});
