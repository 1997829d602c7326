import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import en from '../../../apps/console/src/locales/en/index.js';
import zh from '../../../apps/console/src/locales/zh-CN/index.js';
import { launchChromium } from './chromium.js';
import { builtConsole, desk, phone, requireBuild, visit } from './console.js';
import { aSite } from './fixtures.js';
import { MockApi } from './mock-api.js';

/** Set it to keep a picture of every page, to be looked at. */
const pictures = process.env['SCREENSHOTS_DIR'];

/** A key of a text that was shown in place of the text. */
const rawKeyPattern = new RegExp(`\\b(?:${Object.keys(en).join('|')})[.:][a-z][A-Za-z.-]+\\b`);

const shell = ['.desk-sider', '.desk-header'] as const;

/** The element that reaches farthest to the right. */
function widest(): string {
  const far = [...document.querySelectorAll('body *')].reduce((a, b) =>
    b.getBoundingClientRect().right > a.getBoundingClientRect().right ? b : a,
  );
  return `${far.outerHTML.slice(0, 160)} to ${Math.round(far.getBoundingClientRect().right)} of ${window.innerWidth}`;
}

/** What a page is called, and its address. */
export type Names = [string, string][];

/** Opens pages and tells what is wrong with them. */
export class Tour {
  readonly api = new MockApi(builtConsole);
  private opened: Browser | undefined;
  /** At the shell of the desk, in this tour. */
  private readonly looked = new Set<string>();

  async start(): Promise<void> {
    requireBuild();
    await this.api.start();
    this.opened = await launchChromium();
    if (pictures) mkdirSync(pictures, { recursive: true });
  }

  async stop(): Promise<void> {
    await this.opened?.close();
    await this.api.stop();
  }

  /** As it is before each test. */
  reset(): void {
    this.api.site = aSite(Date.now());
    this.api.problems.clear();
  }

  private get browser(): Browser {
    if (!this.opened) throw new Error('the tour has not started');
    return this.opened;
  }

  /** What one would not accept from a product one paid for, on the page that is open. */
  private async faultsOf(page: Page, name: string): Promise<string[]> {
    await page.waitForFunction(() => !document.querySelector('.ant-skeleton, .plain-spinner, .ant-spin-spinning'));
    const found: string[] = [];
    // A tooltip that is just being placed is measured far outside; only what stays is a fault.
    await page
      .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, { timeout: 3000 })
      .catch(async () => found.push(`${name}: wider than the screen: ${await page.evaluate(widest)}`));
    const body = await page.locator('body').innerText();
    const rawKey = rawKeyPattern.exec(body);
    if (rawKey) found.push(`${name}: untranslated ${rawKey[0]}`);
    if (pictures) await page.screenshot({ path: join(pictures, `${name.replaceAll(' ', '-')}.png`) });
    return found;
  }

  /** Barriers that are serious or critical; `contrast` looks at colours alone, which is what a theme changes. */
  private async barriersOf(
    page: Page,
    name: string,
    what: 'everything' | 'contrast' = 'everything',
  ): Promise<string[]> {
    // What it would tell of elements that are as they should be takes as long as looking at them.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
    // Around all pages of the desk it is the same: looked at with the first of them.
    if (this.looked.has(what)) for (const part of shell) axe.exclude(part);
    else if ((await page.locator(shell[0]).count()) > 0) this.looked.add(what);
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

  private async open(page: Page, path: string): Promise<void> {
    await page.goto(this.api.origin() + path, { waitUntil: 'domcontentloaded' });
    await page.locator('h1').first().waitFor();
    if (path.startsWith('/map') || path.endsWith('/shape')) await page.locator('.map-label').first().waitFor();
  }

  /** Each page is opened once; language, theme and size change under it, as they do under a person. */
  async inspectDesk(pages: Names): Promise<string[]> {
    const { context, page, errors } = await visit(this.browser, this.api.origin(), {
      login: 'admin',
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    for (const [name, path] of pages) {
      await page.setViewportSize(desk);
      await this.open(page, path);
      found.push(...(await this.faultsOf(page, `${name} zh-CN`)), ...(await this.barriersOf(page, `${name} zh-CN`)));
      await page.setViewportSize(phone);
      found.push(...(await this.faultsOf(page, `${name} zh-CN phone`)));

      await page.setViewportSize(desk);
      await page.getByRole('button', { name: zh.app.theme.dark }).click();
      // Its name changes in the same stroke as the colours of every part.
      await page.getByRole('button', { name: zh.app.theme.light }).waitFor();
      found.push(...(await this.faultsOf(page, `${name} zh-CN dark`)));
      found.push(...(await this.barriersOf(page, `${name} zh-CN dark`, 'contrast')));
      await page.getByRole('button', { name: zh.app.theme.light }).click();

      await page.getByRole('button', { name: en.app.languageName, exact: true }).click();
      await page.locator('html[lang=en]').waitFor();
      found.push(...(await this.faultsOf(page, `${name} en`)));
      await page.setViewportSize(phone);
      found.push(...(await this.faultsOf(page, `${name} en phone`)));
    }
    await context.close();
    return [...found, ...errors];
  }

  /** The phone's pages, at one size; `audit` tells what axe looks at. */
  async inspect(
    pages: Names,
    options: Parameters<typeof visit>[2] & { suffix?: string; audit?: 'everything' | 'contrast' },
  ): Promise<string[]> {
    const { suffix = '', audit, ...visitor } = options;
    const { context, page, errors } = await visit(this.browser, this.api.origin(), {
      ...visitor,
      reducedMotion: 'reduce',
    });
    const found: string[] = [];
    for (const [name, path] of pages) {
      const full = `${name} ${options.locale ?? 'en'}${suffix}`;
      await this.open(page, path);
      found.push(...(await this.faultsOf(page, full)));
      if (audit) found.push(...(await this.barriersOf(page, full, audit)));
    }
    await context.close();
    return [...found, ...errors];
  }
}
