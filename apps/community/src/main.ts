import 'reflect-metadata';
import { readSettings } from '@sc/platform/config';
import { startCommunity } from './community.js';
import { readOptions } from './options.js';
import { Terminal } from './terminal.js';
import { welcome } from './welcome.js';

/** A drain that hangs must not keep the terminal: what was acknowledged is on disk already. */
const drainLimitMs = 20_000;

// A closed terminal must not end the platform.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const terminal = new Terminal();
const stopRequested = new Promise<void>((resolve) => {
  process.on('SIGINT', () => resolve());
  process.on('SIGTERM', () => resolve());
});

try {
  const settings = readSettings(process.env);
  const options = readOptions(process.argv.slice(2));
  terminal.line('smart-community · 智慧社区');
  const community = await startCommunity(settings, options, process.env as Record<string, string>, (step) =>
    terminal.step(step),
  );
  for (const line of welcome(settings, community)) terminal.line(line);

  await stopRequested;
  terminal.line('\nstopping: letting the running work finish …');
  setTimeout(() => {
    terminal.error('something did not stop within 20 s; ending now. Nothing acknowledged is lost.');
    process.exit(1);
  }, drainLimitMs).unref();
  await community.stop();
  terminal.line('stopped');
  process.exit(0);
} catch (error) {
  terminal.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
