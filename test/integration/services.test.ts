import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { influxdb } from '../support/services/influxdb.js';
import { describeWith, provide, type ServiceName } from '../support/services/index.js';
import { mosquitto } from '../support/services/mosquitto.js';
import { redis } from '../support/services/redis.js';
import { s3 } from '../support/services/s3.js';
import { isAlive } from '../support/platform-process.js';
import { waitUntil } from '../support/wait.js';

const definitions = { redis, influxdb, mosquitto, s3 };

for (const name of Object.keys(definitions) as ServiceName[]) {
  const service = await provide(name, { control: true });
  describeWith(service, `${name} for tests`, ({ url, kill, restart, freeze, thaw, stop }) => {
    const answers = () => definitions[name].answers(url).catch(() => false);
    afterAll(() => stop());

    it('is killed, comes back on the same address, and is silent while frozen', async () => {
      expect(await answers()).toBe(true);
      await kill();
      expect(await answers()).toBe(false);
      await restart();
      expect(await answers()).toBe(true);
      await freeze();
      expect(await answers()).toBe(false);
      await thaw();
      await waitUntil(answers);
    });
  });
}

it('clears up after a test run that was killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'services-'));
  const guardian = join(dirname(import.meta.dirname), 'support', 'services', 'guardian.ts');
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { spawn } from 'node:child_process';
       import { startGuardian } from ${JSON.stringify(guardian)};
       const server = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
       startGuardian('kill -s KILL -- "-$target"; rm -rf ${folder}').watch(String(server.pid));
       console.log(server.pid);
       setInterval(() => undefined, 1_000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const server = Number(line.toString());
  expect(isAlive(server)).toBe(true);
  child.kill('SIGKILL');
  await waitUntil(() => !existsSync(folder));
  await waitUntil(() => !isAlive(server));
  await rm(folder, { recursive: true, force: true });
});
