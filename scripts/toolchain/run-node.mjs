import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode24 } from './node24.mjs';
import { ROOT } from './root.mjs';

/** One Ctrl-C arrives twice: from the terminal, and passed on by npm. What comes this soon is the same key press. */
const SAME_PRESS_MS = 1_000;

/**
 * Runs a program with Node 24 until it ends. It gets each request to stop exactly once: it is in a process group of its own, so a
 * Ctrl-C on the terminal reaches only this launcher. The second Ctrl-C warns, the third kills. When the launcher itself is killed,
 * the program is told to stop (see launched.mjs).
 * @param {string[]} args script and its arguments, the script relative to the checkout
 * @returns {Promise<number>} its exit code, 128 + signal number when a signal ended it
 */
export async function runNode([script, ...args]) {
  const watcher = pathToFileURL(join(ROOT, 'scripts', 'toolchain', 'launched.mjs')).href;
  const child = spawn(ensureNode24(), ['--enable-source-maps', '--import', watcher, join(ROOT, script), ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const stopPassingOn = passOnSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopPassingOn();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function passOnSignals(child) {
  let presses = 0;
  let lastPress = -Infinity;
  const onSignal = (signal) => {
    const now = performance.now();
    const isSamePress = now - lastPress < SAME_PRESS_MS;
    lastPress = now;
    if (isSamePress) return;
    presses++;
    // A closed terminal asks for the same clean end as a polite kill.
    if (presses === 1) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    else if (presses === 2)
      console.error('Still finishing what is under way. Once more ends it by force; the next start then recovers.');
    else child.kill('SIGKILL');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}
