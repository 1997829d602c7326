import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../../dist/simulators/client/index.js';
import { atEnd } from './cleanup.mjs';
import { childOf } from './measure.mjs';
import { mosquittoProgram } from './mosquitto.mjs';
import { openSocket } from './mqtt-connection.mjs';
import { makeDataDir, root, startPlatform } from './platform.mjs';
import { end, freePort, hasEnded } from './processes.mjs';

/**
 * The platform on a Mosquitto that runs as deploy/ runs it: its configuration, its entrypoint, the platform's account files.
 * @returns the platform with `brokerPid`; undefined without Mosquitto
 */
export async function startPlatformWithBroker() {
  if (!mosquittoProgram()) return undefined;
  const dataDir = await makeDataDir();
  const ports = { devices: await freePort(), platform: await freePort() };
  const broker = await startBroker(dataDir, ports);
  const password = randomBytes(24).toString('hex');
  const platform = await startPlatform({
    dataDir,
    environment: {
      MQTT_URL: `mqtt://platform:${password}@127.0.0.1:${ports.platform}`,
      MQTT_PORT: String(ports.devices),
    },
  });
  await waitUntil('the platform is ready and has its broker', async () => {
    if (hasEnded(broker)) throw new Error('the broker ended');
    return (await fetch(`${platform.httpUrl}/readyz`)).status === 200;
  });
  platform.brokerPid = await waitUntil('Mosquitto runs', () => childOf(broker.pid, 'mosquitto'));
  return platform;
}

/** A device that was just registered: the broker learns of it within some seconds. */
export const waitForAdmission = (port, login) =>
  waitUntil(`${login.id} is let in`, async () => (await openSocket(port, login)).destroy(), { limitMs: 30_000 });

/** deploy/mosquitto with its folders and ports moved. */
async function startBroker(dataDir, ports) {
  const folder = join(dataDir, 'broker');
  for (const part of ['run', 'data']) {
    await mkdir(join(folder, part), { recursive: true });
    // Mosquitto runs as a user of its own.
    await chmod(join(folder, part), 0o777);
  }
  const original = await readFile(join(root, 'deploy/mosquitto/mosquitto.conf'), 'utf8');
  const config = original
    .replaceAll('/mosquitto/run', join(folder, 'run'))
    .replaceAll('/mosquitto/data', join(folder, 'data'))
    .replace('listener 1883', `listener ${ports.devices} 127.0.0.1`)
    .replace('listener 1884', `listener ${ports.platform} 127.0.0.1`);
  await writeFile(join(folder, 'mosquitto.conf'), config);
  const child = spawn('/bin/sh', [join(root, 'deploy/mosquitto/entrypoint.sh')], {
    stdio: 'ignore',
    env: {
      PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin`,
      BROKER_FILES: join(dataDir, 'mosquitto'),
      BROKER_RUN: join(folder, 'run'),
      BROKER_CONFIG: join(folder, 'mosquitto.conf'),
      BROKER_OWNER: process.getuid?.() === 0 ? 'mosquitto' : String(process.getuid?.()),
      BROKER_LOOK_EVERY: '0.2',
    },
  });
  atEnd(() => end(child));
  return child;
}
