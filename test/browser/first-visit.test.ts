import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { decideSiteKind } from '@sc/features/setup';
import { systemClock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { serverCertificate } from '@sc/platform/tls';
import en from '../../apps/console/src/locales/en/index.js';
import zh from '../../apps/console/src/locales/zh-CN/index.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { describeIfChromium, launchChromium } from './support/chromium.js';
import { builtConsole, desk, phone, requireBuild, visit, type Visitor } from './support/console.js';

const pictures = process.env['SCREENSHOTS_DIR'];
const { setup, firstSteps, people, import: imports, labels, trust } = en.site;

describeIfChromium('the first day of a site of its own', () => {
  let browser: Browser;
  let gateway: TestGateway;
  let code: string;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    requireBuild();
    if (pictures) mkdirSync(pictures, { recursive: true });
    gateway = await startGateway({ seed: false, console: builtConsole, environment: { HTTPS_PORT: '3443' } });
    // The listener makes it at start; here there is no listener, only its certificate.
    await serverCertificate({ DATA_DIR: gateway.dataDir });
    const unitOfWork = gateway.app.get(UnitOfWork, { strict: false });
    const started = await decideSiteKind({ unitOfWork, clock: systemClock, empty: true, hasDemoFile: false });
    code = started.setupCode!;
    browser = await launchChromium();
    visitor = await visit(browser, gateway.url);
    page = visitor.page;
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
  }, 60_000);

  /** Looks at the page as it is, in both languages and sizes, and with axe; a dialog stays open meanwhile. */
  async function look(name: string, { switchable = true } = {}): Promise<string[]> {
    const found: string[] = [];
    for (const locale of switchable ? (['zh-CN', 'en'] as const) : (['en'] as const)) {
      if (switchable) {
        const title = (locale === 'en' ? en : zh).app.languageName;
        await page.getByRole('button', { name: title, exact: true }).first().click();
        await page.locator(`html[lang=${locale}]`).waitFor();
      }
      for (const [size, viewport] of Object.entries({ desk, phone })) {
        await page.setViewportSize(viewport);
        await page
          .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, {
            timeout: 3000,
          })
          .catch(() => found.push(`${name} ${locale} ${size}: wider than the screen`));
        if (pictures)
          await page.screenshot({ path: join(pictures, `${name}-${locale}-${size}.png`), fullPage: size === 'phone' });
      }
      await page.setViewportSize(desk);
    }
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        found.push(`${name}: ${id}: ${nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
    return found;
  }

  const table = (name: string, ...lines: string[]) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`\uFEFF${lines.join('\r\n')}`),
  });
  const upload = (file: ReturnType<typeof table>) => page.locator('input[type=file]').setInputFiles(file);

  it('asks the first visitor for the code of the terminal, says what is wrong, and lands in the first steps', async () => {
    await page.goto(gateway.url);
    await page.getByRole('heading', { name: setup.title }).waitFor();
    expect(await look('setup')).toEqual([]);
    await page.getByRole('button', { name: setup.submit }).click();
    await page.getByText(setup.problem.password).waitFor();
    expect(await look('setup-mistakes', { switchable: false })).toEqual([]);

    await page.getByLabel(setup.code).fill('AAAA-AAAA-AAAA-AAAA');
    await page.getByLabel(setup.name).fill('赵主任');
    await page.getByLabel(setup.login, { exact: true }).fill('zhao');
    await page.getByLabel(setup.password, { exact: true }).fill('four words are enough');
    await page.getByLabel(setup.repeat).fill('four words are enough');
    await page.getByLabel(setup.areaZh).fill('湖畔社区');
    await page.getByLabel(setup.areaId).fill('lakeside');
    await page.getByRole('button', { name: setup.submit }).click();
    await page.getByText(setup.problem.code).waitFor();

    await page.getByLabel(setup.code).fill(code.toLowerCase());
    await page.getByRole('button', { name: setup.submit }).click();
    await page.getByRole('heading', { name: firstSteps.title }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/first-steps');
    expect(await page.getByText(firstSteps.open, { exact: true }).count()).toBe(5);
    expect(await look('first-steps')).toEqual([]);
  }, 90_000);

  it('a second visitor is asked for the login', async () => {
    const other = await visit(browser, gateway.url);
    await other.page.goto(gateway.url);
    await other.page.getByRole('heading', { name: en.app.name }).waitFor();
    await other.page.getByLabel(en.app.login.password).waitFor();
    await other.context.close();
  }, 30_000);

  it('imports areas: the mistakes first, then right', async () => {
    await page.goto(`${gateway.url}/areas`);
    await page.getByRole('button', { name: imports.open }).click();
    await page.getByText(imports.drop).waitFor();
    expect(await look('import-choose', { switchable: false })).toEqual([]);
    const head = 'id,kind,parent,name_zh,name_en,households';
    await upload(
      table(
        'areas.csv',
        head,
        'grid-1,duty-grid,lakeside,第一网格,Grid 1,356',
        'Building 1,castle,grid-1,1 号楼,,many',
      ),
    );
    await page.getByText(imports.error['bad-id']).waitFor();
    await page.getByText(imports.faults.replace('{{count}}', '1')).waitFor();
    expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0);
    expect(await look('import-errors', { switchable: false })).toEqual([]);

    await page.getByRole('button', { name: imports.another }).click();
    const good = Array.from(
      { length: 12 },
      (_, i) => `building-${i + 1},楼栋,grid-1,${i + 1} 号楼,Building ${i + 1},118`,
    );
    await upload(table('areas.csv', head, 'grid-1,duty-grid,lakeside,第一网格,Grid 1,356', ...good));
    await page.getByRole('button', { name: imports.apply.replace('{{count}}', '13') }).waitFor();
    expect(await look('import-preview', { switchable: false })).toEqual([]);
    await page.getByRole('button', { name: imports.apply.replace('{{count}}', '13') }).click();
    await page.getByText(imports.done.replace('{{added}}', '13').replace('{{changed}}', '0')).waitFor();
    await page.getByRole('button', { name: imports.finish }).last().click();
    await page.getByText('Building 12').waitFor();
  }, 90_000);

  it('imports devices and hands over their secrets once, before the window can be closed', async () => {
    await page.goto(`${gateway.url}/devices`);
    await page.getByRole('button', { name: imports.open }).click();
    const lines = Array.from(
      { length: 9 },
      (_, i) => `lakeside/smoke-${i + 1},fire,${i + 1} 号楼 1F 烟感,building-${i + 1},1F 走廊`,
    );
    await upload(table('devices.csv', 'id,domain,name,area,placement', ...lines));
    await page.getByRole('button', { name: imports.apply.replace('{{count}}', '9') }).click();
    await page.getByText(imports.secretsOnce).waitFor();
    expect(await page.getByRole('button', { name: imports.finish }).isDisabled()).toBe(true);
    expect(await look('import-secrets', { switchable: false })).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: imports.download.replace('{{file}}', 'device-secrets.csv') }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')).toHaveLength(9 + 2);
    expect(csv).toMatch(/lakeside\/smoke-1,1 号楼 1F 烟感,lakeside\/smoke-1,[A-Za-z0-9_-]{43}\r\n/);
    await page.getByRole('button', { name: imports.finish }).last().click();
    await page.getByText('lakeside/smoke-9').waitFor();
  }, 90_000);

  it('prints the labels of chosen devices as a sheet', async () => {
    await page.getByRole('checkbox', { name: labels.select.replace('{{name}}', '2 号楼 1F 烟感') }).check();
    await page.getByText(labels.print.replace('{{count}}', '1')).waitFor();
    await page.getByRole('button', { name: labels.all }).click();
    expect(await look('devices-chosen')).toEqual([]);
    await page.getByText(labels.print.replace('{{count}}', '9')).click();
    await page.getByRole('heading', { name: labels.title }).waitFor();
    await page.locator('.label .qr path').nth(8).waitFor();
    expect(await look('labels', { switchable: false })).toEqual([]);
    // On paper: the labels alone, on one sheet.
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: labels.title }).isVisible()).toBe(false);
    if (pictures) await page.screenshot({ path: join(pictures, 'labels-print.png') });
    await page.emulateMedia({ media: 'screen' });
    // What the code says opens the device.
    await page.goto(`${gateway.url}/d/lakeside/smoke-3`);
    await page.getByRole('heading', { name: '3 号楼 1F 烟感' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/devices/lakeside/smoke-3');
  }, 90_000);

  it('adds an area and somebody by form, and shows the first password once', async () => {
    await page.goto(`${gateway.url}/areas/building-1`);
    await page.getByRole('button', { name: en.site.areas.addHere }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en.desk.areas.kind).press('ArrowDown');
    await page.getByTitle(en.words.areaKind.room).waitFor();
    await dialog.getByLabel(en.desk.areas.kind).press('Enter');
    await dialog.getByLabel(en.desk.areas.id, { exact: true }).fill('kitchen-1');
    await dialog.getByLabel(en.desk.areas.nameEn).fill('Kitchen');
    expect(await look('area-add', { switchable: false })).toEqual([]);
    await dialog.getByRole('button', { name: en.site.areas.add }).click();
    await page.waitForURL('**/areas/kitchen-1');

    await page.goto(`${gateway.url}/people`);
    await page.getByRole('button', { name: people.add }).click();
    await dialog.getByLabel(people.name).fill('王晓敏');
    await dialog.getByLabel(people.login, { exact: true }).fill('wang');
    await dialog.getByLabel(people.area).fill('Grid 1');
    await page.locator('.ant-select-tree-title').filter({ hasText: 'Grid 1' }).waitFor();
    await dialog.getByLabel(people.area).press('ArrowDown');
    await dialog.getByLabel(people.area).press('Enter');
    expect(await look('person-add', { switchable: false })).toEqual([]);
    await dialog.getByRole('button', { name: people.add }).click();
    await page.getByText(people.passwordOnce).waitFor();
    expect(await look('person-password', { switchable: false })).toEqual([]);
    const password = await page.locator('.copy-line code').nth(1).innerText();
    await page.getByRole('button', { name: people.passwordDone }).click();
    const login = await gateway.call('POST', 'session', { body: { login: 'wang', password } });
    expect(login.status).toBe(200);
    await page.getByText('wang', { exact: true }).waitFor();
    expect(await look('people')).toEqual([]);
  }, 90_000);

  it('shows without a login how phones come to trust it', async () => {
    const admin = page;
    const other = await visit(browser, gateway.url);
    page = other.page;
    await page.goto(`${gateway.url}/trust`);
    await page.getByRole('heading', { name: trust.title }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: trust.download }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('smart-community-root.crt');
    expect(await look('trust')).toEqual([]);
    expect(other.errors).toEqual([]);
    page = admin;
  }, 60_000);

  it('wrote no error into the console of the browser', () => {
    expect(visitor.errors).toEqual([]);
  });
});
