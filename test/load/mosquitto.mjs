import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { waitUntil } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';
import { openSocket } from './mqtt-connection.mjs';
import { end, freePort, hasEnded } from './processes.mjs';

/** Debian puts it where ordinary users' search path does not look. */
export const mosquittoProgram = () =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map((folder) => join(folder, 'mosquitto'))
    .find((path) => existsSync(path));

/** Mosquitto on a free port of 127.0.0.1, everything in memory; undefined when it is not installed. */
export async function startMosquitto() {
  const path = mosquittoProgram();
  if (!path) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'smart-community-bench-mosquitto-'));
  const removeFolder = atEnd(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  await writeFile(
    config,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence false',
      'set_tcp_nodelay true',
      // Neither may bound the subscriber: it is the subscriber that is measured.
      'max_inflight_messages 0',
      'max_queued_messages 0',
      'log_dest none',
      ...(process.getuid?.() === 0 ? ['user root'] : []),
    ].join('\n'),
  );
  const child = spawn(path, ['-c', config], { stdio: 'ignore' });
  child.on('error', () => undefined);
  const stop = atEnd(() => end(child));
  await waitUntil('Mosquitto answers', async () => {
    if (hasEnded(child)) throw new Error('Mosquitto ended');
    (await openSocket(port, { id: 'bench-look' })).destroy();
    return true;
  });
  return {
    pid: child.pid,
    port,
    async stop() {
      await stop();
      await removeFolder();
    },
  };
}
