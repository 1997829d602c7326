import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireInstanceLock, assertPortFree, InstanceLockedError, PortTakenError } from './index.js';

describe('instance lock', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'instance lock 锁-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** Holds the same lock from another process, by the same means. */
  async function otherProcess() {
    const program = `
      const { DatabaseSync } = require('node:sqlite');
      const lock = new DatabaseSync(${JSON.stringify(join(dataDir, 'instance.lock'))});
      lock.exec('pragma locking_mode = exclusive; begin exclusive');
      console.log('held');
      setInterval(() => lock, 1000);`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return child;
  }

  it('refuses a second instance in one line that names the holder', async () => {
    const other = await otherProcess();
    writeFileSync(join(dataDir, 'instance.json'), JSON.stringify({ pid: other.pid }));
    const refusal = await acquireInstanceLock(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InstanceLockedError);
    expect((refusal as Error).message).toContain(`process ${other.pid}`);
    expect((refusal as Error).message).toContain(dataDir);
    expect((refusal as Error).message).not.toContain('\n');
    other.kill('SIGKILL');
    await once(other, 'exit');
  });

  it('is free again after the holder was killed, whoever has its process id now', async () => {
    const other = await otherProcess();
    other.kill('SIGKILL');
    await once(other, 'exit');
    writeFileSync(join(dataDir, 'instance.json'), JSON.stringify({ pid: process.pid }));
    const lock = await acquireInstanceLock(dataDir);
    await lock.release();
  });

  it('lets only one of many racing starts through', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquireInstanceLock(dataDir)));
    const held = results.filter((result) => result.status === 'fulfilled');
    expect(held).toHaveLength(1);
    await held[0]?.value.release();
    await held[0]?.value.release();
    await (await acquireInstanceLock(dataDir)).release();
  });

  it('is not passed on to child processes', async () => {
    const lock = await acquireInstanceLock(dataDir);
    const orphan = spawn('sleep', ['30'], { detached: true, stdio: 'ignore' });
    await lock.release();
    await (await acquireInstanceLock(dataDir)).release();
    orphan.kill('SIGKILL');
  });

  it('says nothing false about a damaged holder file', async () => {
    const lock = await acquireInstanceLock(dataDir);
    writeFileSync(join(dataDir, 'instance.json'), '{"pid":');
    await expect(acquireInstanceLock(dataDir)).rejects.toThrow('is in use by a running instance. Stop');
    await lock.release();
  });

  it('prints no warning of the runtime', () => {
    const { stderr } = spawnSync(process.execPath, ['-e', "new (require('node:sqlite').DatabaseSync)(':memory:')"]);
    expect(String(stderr)).toBe('');
  });
});

describe('port check', () => {
  it('names the taken port and the setting that moves it', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const refusal = await assertPortFree(port, 'HTTP_PORT').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PortTakenError);
    expect((refusal as Error).message).toMatch(new RegExp(`Port ${port} .*HTTP_PORT=`));
    await new Promise((resolve) => server.close(resolve));
    await assertPortFree(port, 'HTTP_PORT');
  });
});
