import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The map needs WebGL, and a test machine has no graphics card.
      '--enable-unsafe-swiftshader',
    ],
  });

export interface EverydayChromium {
  context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Chromium as people have it: pages behind others are hidden, pages left wait in the back/forward cache, all share one
 * profile and its connections. Playwright's own launch turns the first two off.
 */
export async function launchEverydayChromium(): Promise<EverydayChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'sc-chromium-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const child = spawn(
    executablePath,
    [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill();
    await exited;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  for await (const line of createInterface(child.stderr)) {
    const address = /ws:\/\/\S+/.exec(line)?.[0];
    if (!address) continue;
    child.stderr.resume();
    const browser = await chromium.connectOverCDP(address, { noDefaults: true });
    const [context] = browser.contexts();
    if (context) return { context, close: () => browser.close().then(close) };
  }
  await close();
  throw new Error('Chromium did not say where it listens');
}

/** Runs the suite in a real browser, or says plainly why it cannot. */
export function describeIfChromium(name: string, suite: () => void): void {
  if (existsSync(executablePath)) {
    describe(name, suite);
    return;
  }
  const reason = `no Chromium at ${executablePath}; set CHROMIUM_PATH`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(`${name} (${reason})`, suite);
}
