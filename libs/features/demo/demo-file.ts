import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { demoFileSchema, type DemoFile } from '@sc/contracts';
import { community } from './catalogue/areas.js';
import { devices } from './catalogue/devices.js';
import { people } from './catalogue/people.js';

export const demoFilePath = (dataDir: string): string => join(dataDir, 'secrets', 'demo.json');

/**
 * The demo's logins, or `undefined` when there is no demo here.
 * @throws Error naming the file when it is not one of ours
 */
export async function readDemoFile(dataDir: string): Promise<DemoFile | undefined> {
  const path = demoFilePath(dataDir);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return demoFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} cannot be read as the demo's logins; delete it and start again: new ones will be made`, {
      cause,
    });
  }
}

/** Written beside and renamed, so that a crash leaves the old file or the new one, never half a file. */
export async function writeDemoFile(dataDir: string, content: DemoFile): Promise<void> {
  const path = demoFilePath(dataDir);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** New logins: nothing in it is the same on two machines. */
export function newDemoFile(): DemoFile {
  const seed = randomBytes(32).toString('base64url');
  return {
    version: 1,
    community,
    seed,
    people: people.map(({ login, name, role, areaId }) => ({
      login,
      password: readablePassword(),
      name,
      role,
      areaId,
    })),
    devices: deviceLogins(seed),
  };
}

/** The file with logins of devices that joined the catalogue since it was written; the same object when there are none. */
export function withNewDevices(file: DemoFile): DemoFile {
  const known = new Set(file.devices.map(({ id }) => id));
  const added = deviceLogins(file.seed).filter(({ id }) => !known.has(id));
  return added.length ? { ...file, devices: [...file.devices, ...added] } : file;
}

const deviceLogins = (seed: string): DemoFile['devices'] =>
  devices.map(({ device, domain, simulated }) => {
    const id = `${community}/${device}`;
    return { id, domain, secret: deviceSecret(seed, id), simulated };
  });

const deviceSecret = (seed: string, id: string): string =>
  createHmac('sha256', seed).update(`device-secret:${id}`).digest('base64url');

const consonants = 'bdfghkmnprstvz';
const vowels = 'aeiou';
const pick = (letters: string): string => letters.charAt(randomInt(letters.length));
const syllable = (): string => pick(consonants) + pick(vowels);

/** Like `kafo-rumi-teza`: 37 bits, easy to type on a phone; the login's rate limit does the rest. */
export const readablePassword = (): string => [0, 1, 2].map(() => syllable() + syllable()).join('-');
