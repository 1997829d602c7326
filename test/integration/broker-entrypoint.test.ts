import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { waitUntil } from '../support/wait.js';

const entrypoint = resolve('deploy/mosquitto/entrypoint.sh');

describe('what brings Mosquitto its files', () => {
  let dir: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'smart-community-entrypoint-'));
    for (const name of ['source', 'run', 'bin']) await mkdir(join(dir, name));
  });

  afterEach(async () => {
    if (child?.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(dir, { recursive: true, force: true });
  });

  const write = async (name: string, text: string) => {
    const path = join(dir, name);
    await writeFile(path, text);
    await chmod(path, 0o755);
  };
  const seen = async () =>
    (await readFile(join(dir, 'seen'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ').map(Number));

  const start = () => {
    child = spawn('/bin/sh', [entrypoint], {
      env: {
        PATH: `${join(dir, 'bin')}:${process.env['PATH']}`,
        BROKER_FILES: join(dir, 'source'),
        BROKER_RUN: join(dir, 'run'),
        BROKER_CONFIG: '/dev/null',
        BROKER_OWNER: userInfo().username,
        BROKER_LOOK_EVERY: '0.05',
      },
      stdio: 'ignore',
    });
  };
  const publish = async (version: number) => {
    for (const name of ['acl_file', 'password_file']) await writeFile(join(dir, 'source', name), `${version}\n`);
  };

  /** Mosquitto tells who publishes without permission that it is kept, and drops it: nobody may log in before. */
  it('never lets somebody log in whose permissions have not come, whenever the platform writes', async () => {
    // Stands for Mosquitto: says which versions it has read, at the start and whenever it is told to.
    await write(
      'bin/mosquitto',
      `#!/bin/sh
      look() { echo "$(cat '${dir}/run/password_file') $(cat '${dir}/run/acl_file')" >>'${dir}/seen'; }
      trap look HUP
      trap 'exit 0' TERM
      look
      while :; do sleep 0.02; done`,
    );
    // Between any two files that are brought the platform writes the next version of both, the permissions first as it does.
    await write(
      'bin/cp',
      `#!/bin/sh
      /bin/cp "$@" || exit 1
      next=$(($(cat '${dir}/source/acl_file') + 1))
      [ "$next" -gt 8 ] || { echo "$next" >'${dir}/source/acl_file'; echo "$next" >'${dir}/source/password_file'; }`,
    );
    await publish(1);
    start();
    await waitUntil(async () => (await seen()).at(-1)?.every((version) => version === 8) ?? false);
    expect((await seen()).length).toBeGreaterThan(1);
    expect((await seen()).filter(([logins, permissions]) => logins! > permissions!)).toEqual([]);
  });

  /** It clears its mark only when it has read: who asks meanwhile was never heard (Mosquitto 2.0, src/loop.c). */
  it('asks again for what was brought while Mosquitto was reading', async () => {
    await write(
      'bin/mosquitto',
      `#!/bin/sh
      look() {
        trap '' HUP
        read="$(cat '${dir}/run/password_file') $(cat '${dir}/run/acl_file')"
        echo "$read" >>'${dir}/begun'
        sleep 0.3
        echo "$read" >>'${dir}/seen'
        trap look HUP
      }
      trap 'exit 0' TERM
      look
      while :; do sleep 0.02; done`,
    );
    await publish(1);
    start();
    const begun = async () => readFile(join(dir, 'begun'), 'utf8').catch(() => '');
    await waitUntil(async () => (await seen()).length > 0);
    await publish(2);
    await waitUntil(async () => (await begun()).includes('2 2'));
    await publish(3);
    await waitUntil(async () => (await seen()).at(-1)?.every((version) => version === 3) ?? false);
  });
});
