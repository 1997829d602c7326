import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

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

/** Runs the suite in a real browser, or says plainly why it cannot. */
export function describeIfChromium(name: string, suite: () => void): void {
  if (existsSync(executablePath)) return describe(name, suite);
  const reason = `no Chromium at ${executablePath}; set CHROMIUM_PATH`;
  console.warn(`skipped: ${name}: ${reason}`);
  describe.skip(`${name} (${reason})`, suite);
}
