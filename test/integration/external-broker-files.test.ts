import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { BridgeRegistry, BrokerFiles, DeviceRegistry, hashDeviceSecret } from '@sc/features/devices';
import { createLogger } from '@sc/platform/logging';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { aDevice, seedAreas } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { findProgram, freePort } from '../support/services/binary.js';
import { untilClosed, waitUntil } from '../support/wait.js';

const program = findProgram('mosquitto');
const deploy = resolve('deploy/mosquitto');
const logger = createLogger('silent');
const smoke = 'c1/smoke-1';
const bay = 'c1/bay-1';

/** Mosquitto as it is deployed: our configuration, our entrypoint, the files that the platform writes. */
(program ? describe : describe.skip)(
  `an external broker with our permissions${program ? '' : ' (skipped: mosquitto is not installed)'}`,
  () => {
    let database: TestDatabase;
    let dir: string;
    let files: BrokerFiles;
    let registry: DeviceRegistry;
    let child: ChildProcess;
    let devicesPort: number;
    let platformPort: number;
    const clients: MqttClient[] = [];

    beforeAll(async () => {
      database = await createTestDatabase();
      await seedAreas(database.db);
      for (const [id, domain] of [
        [smoke, 'fire'],
        [bay, 'parking'],
        ['c1/old', 'fire'],
      ] as const) {
        await aDevice(database.db, { id, domain });
        if (id !== 'c1/old') await secretOf(id, `secret-${id}`);
      }
      await database.db
        .insertInto('bridges')
        .values({
          id: 'c1/frigate',
          kind: 'frigate',
          name: 'cameras',
          areaId: 'c1',
          topicPrefix: 'frigate',
          state: 'registered',
          createdAt: new Date(),
          ...hashDeviceSecret('secret-c1/frigate'),
        })
        .execute();
      dir = await mkdtemp(join(tmpdir(), 'broker-files-'));
      const bridges = new BridgeRegistry(database.db);
      registry = new DeviceRegistry(database.db, logger, bridges);
      files = new BrokerFiles(database.db, [registry, bridges], logger, {
        directory: join(dir, 'files'),
        platform: { userName: 'platform', password: 'a pass:word' },
      });
      [devicesPort, platformPort] = [await freePort(), await freePort()];
      child = await startMosquitto();
      // it waits until the platform has written its files
      await registry.ready();
      await files.start();
      await waitUntil(() =>
        connect('platform', { password: 'a pass:word' }, platformPort).then(
          () => true,
          () => false,
        ),
      );
    }, 60_000);

    afterAll(async () => {
      for (const client of clients) client.end(true);
      await files?.stop();
      await registry?.beforeApplicationShutdown();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      await database?.drop();
      await rm(dir, { recursive: true, force: true });
    });

    async function startMosquitto(): Promise<ChildProcess> {
      const text = (await readFile(join(deploy, 'mosquitto.conf'), 'utf8'))
        .replaceAll('/mosquitto/run', join(dir, 'run'))
        .replaceAll('/mosquitto/data', dir)
        .replace('listener 1883', `listener ${devicesPort} 127.0.0.1`)
        .replace('listener 1884', `listener ${platformPort} 127.0.0.1`);
      const owner = process.getuid?.() === 0 ? 'root' : String(process.getuid?.());
      await writeFile(join(dir, 'mosquitto.conf'), owner === 'root' ? `user root\n${text}` : text);
      return spawn('/bin/sh', [join(deploy, 'entrypoint.sh')], {
        stdio: 'ignore',
        env: {
          PATH: `${process.env['PATH']}:${dirname(program!)}`,
          BROKER_FILES: join(dir, 'files'),
          BROKER_RUN: join(dir, 'run'),
          BROKER_CONFIG: join(dir, 'mosquitto.conf'),
          BROKER_OWNER: owner,
          BROKER_LOOK_EVERY: '0.1',
        },
      });
    }

    async function secretOf(id: string, secret: string): Promise<void> {
      await database.db.updateTable('devices').set(hashDeviceSecret(secret)).where('id', '=', id).execute();
    }

    async function connect(id: string, more: IClientOptions = {}, port = devicesPort): Promise<MqttClient> {
      const client = await connectAsync(
        `mqtt://127.0.0.1:${port}`,
        { username: id, password: `secret-${id}`, clientId: id, reconnectPeriod: 0, protocolVersion: 5, ...more },
        false,
      );
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    }

    /** What the platform gets to hear. */
    async function listening(topics: string[]): Promise<string[]> {
      const platform = await connect('platform', { password: 'a pass:word', clientId: 'platform:test' }, platformPort);
      const heard: string[] = [];
      platform.on('message', (topic) => heard.push(topic));
      await platform.subscribeAsync(topics, { qos: 1 });
      return heard;
    }

    const told = async (id: string) => {
      await database.db
        .insertInto('outbox')
        .values({
          id: crypto.randomUUID(),
          type: 'device.changed.v1',
          payload: JSON.stringify({ deviceId: id, change: 'updated' }),
          subjectId: id,
          occurredAt: new Date(),
        })
        .execute();
      await registry.refresh();
    };

    it('lets a device in with its secret, and hears it on its own topics only', async () => {
      const heard = await listening(['sc/#', 'frigate/#']);
      const client = await connect(bay);
      const others = [
        `sc/fire/${smoke}/telemetry`,
        `sc/fire/${bay}/telemetry`,
        `sc/parking/c2/bay-1/telemetry`,
        `sc/parking/${bay}/command`,
        'frigate/events',
      ];
      for (const topic of others) await client.publishAsync(topic, '{}', { qos: 1 }).catch(() => undefined);
      for (const channel of ['telemetry', 'event', 'status', 'reply'])
        await client.publishAsync(`sc/parking/${bay}/${channel}`, '{}', { qos: 1 });
      await waitUntil(() => heard.length === 4);
      expect(heard).toEqual(['telemetry', 'event', 'status', 'reply'].map((channel) => `sc/parking/${bay}/${channel}`));
    });

    it('lets a device hear its own commands and nothing else', async () => {
      const client = await connect(smoke);
      const heard: string[] = [];
      client.on('message', (topic) => heard.push(topic));
      await client.subscribeAsync(`sc/fire/${smoke}/command`, { qos: 1 });
      for (const topic of ['sc/#', '#', `sc/parking/${bay}/command`, `sc/fire/${smoke}/telemetry`, '$SYS/#'])
        await client.subscribeAsync(topic, { qos: 1 }).catch(() => undefined);
      const platform = await connect('platform', { password: 'a pass:word', clientId: 'platform:say' }, platformPort);
      await platform.publishAsync(`sc/parking/${bay}/command`, '{}', { qos: 1 });
      await platform.publishAsync(`sc/fire/${smoke}/telemetry`, '{}', { qos: 1 }).catch(() => undefined);
      await platform.publishAsync(`sc/fire/${smoke}/command`, '{}', { qos: 1 });
      await waitUntil(() => heard.length > 0);
      // Mosquitto grants a wider subscription and then sends of it only what is allowed
      expect(new Set(heard)).toEqual(new Set([`sc/fire/${smoke}/command`]));
    });

    it('lets a bridge speak below its prefix only', async () => {
      const heard = await listening(['sc/#', 'frigate/#']);
      const bridge = await connect('c1/frigate');
      await bridge.publishAsync(`sc/fire/${smoke}/telemetry`, '{}', { qos: 1 }).catch(() => undefined);
      await bridge.publishAsync('frigate/events', '{}', { qos: 1 });
      await waitUntil(() => heard.includes('frigate/events'));
      expect(heard.filter((topic) => topic.startsWith('sc/fire'))).toEqual([]);
    });

    it('refuses a wrong secret, no secret, a name of nobody, and who has no password there yet', async () => {
      await expect(connect(smoke, { password: 'wrong' })).rejects.toThrow(/[Nn]ot authorized/);
      await expect(connect(smoke, { password: '' })).rejects.toThrow();
      await expect(connect('c1/nobody')).rejects.toThrow();
      await expect(connect('c1/old')).rejects.toThrow();
      await expect(connectAsync(`mqtt://127.0.0.1:${devicesPort}`, { reconnectPeriod: 0 }, false)).rejects.toThrow();
      expect(await readFile(join(dir, 'files', 'without-password'), 'utf8')).toBe('c1/old\n');
    });

    it('gives nobody the session of another, whatever client id he names', async () => {
      const honest = await connect(smoke);
      const lost = new Promise((resolve) => honest.once('close', () => resolve('lost')));
      const thief = await connect(bay, { clientId: smoke, clean: false });
      expect(thief.connected).toBe(true);
      await honest.publishAsync(`sc/fire/${smoke}/event`, '{}', { qos: 1 });
      expect(await Promise.race([lost, Promise.resolve('kept')])).toBe('kept');
    });

    it('ends the connection of a device whose secret was changed or that is retired, and lets a new one in', async () => {
      const client = await connect(smoke);
      const ended = untilClosed(client);
      await secretOf(smoke, 'newer');
      await told(smoke);
      await ended;
      await expect(connect(smoke)).rejects.toThrow();
      const again = await connect(smoke, { password: 'newer' });
      const retired = untilClosed(again);
      await database.db.updateTable('devices').set({ state: 'retired' }).where('id', '=', smoke).execute();
      await aDevice(database.db, { id: 'c1/smoke-2' });
      await secretOf('c1/smoke-2', 'secret-c1/smoke-2');
      await told(smoke);
      await retired;
      await expect(connect(smoke, { password: 'newer' })).rejects.toThrow();
      const replacement = await connect('c1/smoke-2');
      await replacement.publishAsync('sc/fire/c1/smoke-2/event', '{}', { qos: 1 });
    });

    it('writes nothing that tells a secret, and readable by its owner only', async () => {
      const text = await readFile(join(dir, 'files', 'password_file'), 'utf8');
      expect(text).not.toMatch(/secret|pass:word|newer/);
      expect(
        text
          .trim()
          .split('\n')
          .every((line) => /^[a-z0-9/-]+:\$7\$\d+\$[^$]+\$[^$]+$/.test(line)),
      ).toBe(true);
    });
  },
);
