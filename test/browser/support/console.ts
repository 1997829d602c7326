import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Where `vite build apps/console` puts the console. */
export const builtConsole = join(import.meta.dirname, '../../../dist/console');

export function requireBuild(): void {
  if (!existsSync(join(builtConsole, 'index.html')))
    throw new Error('dist/console is missing: run `npx vite build apps/console` first');
}

export const desk = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

interface Visit {
  login?: string;
  locale?: 'zh-CN' | 'en';
  viewport?: { width: number; height: number };
  theme?: 'light' | 'dark';
  /** Still by default: nothing is measured or clicked half-way. */
  reducedMotion?: 'reduce' | 'no-preference';
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Errors the page wrote to its console, and exceptions nobody caught. */
  errors: string[];
}

/** A fresh browser profile, logged in when a login is given. */
export async function visit(browser: Browser, origin: string, options: Visit = {}): Promise<Visitor> {
  const { login, locale = 'en', viewport = desk, theme = 'light', reducedMotion = 'reduce' } = options;
  const context = await browser.newContext({ viewport, locale, serviceWorkers: 'block', reducedMotion });
  await context.addInitScript(
    ([l, t]) => {
      localStorage.setItem('sc.locale', l);
      localStorage.setItem('sc.theme', t);
    },
    [locale, theme] as const,
  );
  if (login) await context.addCookies([{ name: 'sc_session', value: login, url: origin }]);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // The browser itself logs every refused request; the pages show those, that is what is tested.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      errors.push(message.text());
  });
  return { context, page, errors };
}
