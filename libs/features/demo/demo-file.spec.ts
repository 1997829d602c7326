import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  demoFilePath,
  newDemoFile,
  readablePassword,
  readDemoFile,
  withNewDevices,
  writeDemoFile,
} from './demo-file.js';

describe('the file of the demo logins', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sc-demo-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is read back as it was written, for its owner only, and leaves nothing beside it', async () => {
    expect(await readDemoFile(dataDir)).toBeUndefined();
    const file = newDemoFile();
    await writeDemoFile(dataDir, file);
    expect(await readDemoFile(dataDir)).toEqual(file);
    expect((await stat(demoFilePath(dataDir))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(dataDir, 'secrets'))).toEqual(['demo.json']);
  });

  it('shares no secret or password with another machine, nor between two devices', () => {
    const [a, b] = [newDemoFile(), newDemoFile()];
    const all = [...a.devices, ...b.devices].map((d) => d.secret);
    expect(new Set(all).size).toBe(all.length);
    for (const person of a.people)
      expect(person.password).not.toBe(b.people.find((p) => p.login === person.login)!.password);
    for (const { secret } of a.devices) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it('gets the devices that joined the catalogue since, with the logins they would have had', () => {
    const file = newDemoFile();
    const older = { ...file, devices: file.devices.slice(0, 10) };
    expect(withNewDevices(older)).toEqual(file);
    expect(withNewDevices(file)).toBe(file);
  });

  it('makes passwords a person can type', () => {
    for (let i = 0; i < 50; i += 1) expect(readablePassword()).toMatch(/^[a-z]{4}-[a-z]{4}-[a-z]{4}$/);
  });

  it('names the file and the way out when it is damaged', async () => {
    await writeDemoFile(dataDir, newDemoFile());
    await writeFile(demoFilePath(dataDir), '{"version":1');
    await expect(readDemoFile(dataDir)).rejects.toThrow(/demo\.json .*delete it/);
  });
});
