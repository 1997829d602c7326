import type { Browser, Page } from 'playwright-core';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, requireBuild, visit } from './support/console.js';
import { MockApi } from './support/mock-api.js';

describeIfChromium('the map', () => {
  let browser: Browser;
  let api: MockApi;

  beforeAll(async () => {
    requireBuild();
    browser = await launchChromium();
    api = new MockApi(builtConsole);
    await api.start();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await api.stop();
  });

  const open = async (path: string, wait: (page: Page) => Promise<void>) => {
    const visitor = await visit(browser, api.origin(), { login: 'admin' });
    await visitor.page.goto(api.origin() + path);
    await wait(visitor.page);
    return visitor;
  };
  const drawn = (page: Page) => page.locator('.map-label').first().waitFor();

  it('finds by keyboard, keeps what is chosen in its address and for the next time, and shows danger whatever is off', async () => {
    const { context, page, errors } = await open('/map', drawn);
    await page.getByRole('combobox', { name: 'Find on the map' }).fill('smoke-2');
    await page.keyboard.press('Enter');
    const popup = page.locator('.maplibregl-popup');
    await popup.getByRole('link', { name: 'Open the device' }).waitFor();
    await page.waitForURL(/pick=device%3Asunny%2Fsmoke-2/);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Layers' }).click();
    for (const name of ['Devices', 'Open alarms', 'Open cases'])
      await page.getByRole('checkbox', { name, exact: true }).click();
    await page.getByRole('checkbox', { name: 'Blind spots' }).click();
    await page.waitForURL(/layers=areas%2Creports%2Cblind-spots/);
    await page.getByRole('button', { name: 'Layers' }).click();
    // Its fire is a button, with every layer of alarms and devices off.
    await page.locator('.map-alarm.severity-extreme').first().waitFor();
    const spots = page.getByRole('region', { name: 'Blind spots' });
    await spots.getByRole('button', { name: 'Building 1' }).click();
    await popup.getByText('no device').waitFor();

    await page.goto(`${api.origin()}/map`);
    await page.getByRole('region', { name: 'Blind spots' }).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);

  it('brings a mark up to date without asking for the rest', async () => {
    const { context, page } = await open('/map?layers=areas&pick=device:sunny/smoke-3', drawn);
    await page.locator('.maplibregl-popup').getByText('Online').waitFor();
    const device = api.site.devices.find(({ id }) => id === 'sunny/smoke-3')!;
    device.connection = 'offline';
    const asked = page.waitForRequest((request) => request.url().includes('/map/devices?ids=sunny%2Fsmoke-3'));
    api.emit('device.changed.v1', { deviceId: device.id, change: 'offline' });
    await asked;
    await page.locator('.maplibregl-popup').getByText('Offline').waitFor();
    device.connection = 'online';
    await context.close();
  }, 60_000);

  it('draws a border with the pointer, takes a step back, changes it by numbers, and saves it', async () => {
    const { context, page, errors } = await open('/areas/b1/shape', drawn);
    const before = structuredClone(api.site.areas.find(({ id }) => id === 'b1')!.shape!);
    await page.getByRole('button', { name: 'Remove the border' }).click();
    await page.getByText('No border yet.').waitFor();
    await page.getByRole('button', { name: 'Draw', exact: true }).click();
    const box = (await page.locator('.map-canvas').boundingBox())!;
    for (const [x, y] of [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.4],
    ] as const) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 2 });
      await page.mouse.down();
      await page.mouse.up();
    }
    const corner = page.getByRole('spinbutton', { name: 'Corner 1, Latitude' });
    await corner.waitFor();
    await page.getByRole('button', { name: 'Add a corner after corner 3' }).click();
    await page.getByRole('spinbutton', { name: 'Corner 4, Latitude' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('spinbutton', { name: 'Corner 4, Latitude' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save the border' }).click();
    await page.waitForURL(/\/areas\/b1$/);
    const saved = api.site.areas.find(({ id }) => id === 'b1')!.shape!;
    expect(saved.type).toBe('Polygon');
    expect(saved.coordinates[0]).toHaveLength(4);
    expect(saved).not.toEqual(before);
    expect(errors).toEqual([]);
    await context.close();
  }, 60_000);
});
