import { readdirSync, readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { connectAsync } from 'mqtt';
import { isAlive, PlatformProcess } from '../support/platform-process.js';
import { freePort } from '../support/services/binary.js';
import { waitUntil } from '../support/wait.js';

/** Every process whose environment or command line names this DATA_DIR. */
function processesOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir) ||
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DATA_DIR=${dataDir}`)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('start and stop', () => {
  let platform: PlatformProcess;

  beforeAll(async () => {
    platform = await PlatformProcess.create();
    await platform.start([]);
  }, 180_000);

  afterAll(async () => {
    await platform?.dispose();
  }, 60_000);

  it('prints the addresses and every demo login', async () => {
    expect(platform.output).toContain(`http://localhost:${platform.httpPort}`);
    for (const { login, password } of (await platform.demo()).people) {
      expect(platform.output).toContain(login);
      expect(platform.output).toContain(password);
    }
  });

  it('refuses a second instance on the same DATA_DIR in one line that names the holder', async () => {
    const { code, output } = await platform.startRefused([]);
    expect(code).not.toBe(0);
    expect(output).toContain(String(platform.pid));
    expect(
      output
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('smart-community')),
    ).toHaveLength(1);
  });

  it('names a taken port and the setting that moves it', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const address = taken.address() as { port: number };
    const other = await PlatformProcess.create();
    try {
      const { code, output } = await other.startRefused([], { HTTP_PORT: String(address.port) });
      expect(code).not.toBe(0);
      expect(output).toContain(String(address.port));
      expect(output).toContain('HTTP_PORT');
    } finally {
      taken.close();
      await other.dispose();
    }
  });

  it('lists every wrong setting at once', async () => {
    const { code, output } = await platform.startRefused([], { MQTT_PORT: 'many', LOG_LEVEL: 'loud' });
    expect(code).not.toBe(0);
    expect(output).toContain('MQTT_PORT');
    expect(output).toContain('LOG_LEVEL');
  });

  it('is ready and serves the console, the API and its health without a login', async () => {
    await waitUntil(async () => (await fetch(`${platform.httpUrl}/readyz`)).status === 200);
    expect((await fetch(`${platform.httpUrl}/`)).status).toBe(200);
    expect((await fetch(`${platform.httpUrl}/api/v1/alarms`)).status).toBe(401);
    expect(await (await fetch(`${platform.httpUrl}/metrics`)).text()).toContain('sc_mqtt_messages_total');
  });

  it('starts again after kill -9, with the devices and the database of the killed one left behind', async () => {
    await platform.kill();
    await platform.start([]);
    const admin = await platform.login('admin');
    expect((await admin.send('GET', '/devices')).status).toBe(200);
  });

  it('serves people and devices over TLS with a certificate of its own, to whoever trusts only its root', async () => {
    await platform.stop();
    const [https, mqtts] = [await freePort(), await freePort()];
    await platform.start([], { HTTPS_PORT: String(https), MQTTS_PORT: String(mqtts) });
    const der = Buffer.from(await (await fetch(`${platform.httpUrl}/api/v1/site/root.crt`)).arrayBuffer());
    const ca = new X509Certificate(der).toString();
    const request = get({ host: 'localhost', port: https, path: '/healthz', ca });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
    const { id, secret } = await platform.deviceLogin('sunshine/home-b2-502');
    const login = { username: id, password: secret, clientId: id, reconnectPeriod: 0 };
    const device = await connectAsync(`mqtts://localhost:${mqtts}`, { ...login, ca });
    await device.publishAsync(`sc/fire/${id}/telemetry`, '{"values":{"smoke":0.1}}', { qos: 1 });
    await device.endAsync();
    await expect(connectAsync(`mqtts://localhost:${mqtts}`, login, false)).rejects.toThrow();
  });

  it('leaves nothing running after Ctrl-C', async () => {
    const before = processesOf(platform.dataDir);
    expect(before.length).toBeGreaterThan(1);
    expect(await platform.stop()).toBe(0);
    await waitUntil(() => before.every((pid) => !isAlive(pid)) && processesOf(platform.dataDir).length === 0);
  });
});
