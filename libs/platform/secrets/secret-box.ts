import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@sc/platform/config';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** The key that is here does not open it: another DATA_DIR, a lost file, or somebody changed the bytes. */
export class SealedWithAnotherKeyError extends Error {
  readonly code = 'sealed-with-another-key';
}

/** Seals what must be kept secret and used again. */
@Injectable()
export class SecretBox {
  private key: Promise<Buffer> | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'DATA_DIR'>) {}

  /** @param purpose part of the seal: a value sealed for one purpose does not open for another, so rows cannot be exchanged */
  async seal(purpose: string, value: unknown): Promise<Buffer> {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', await this.ownKey(), nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws SealedWithAnotherKeyError */
  async open(purpose: string, sealed: Buffer): Promise<unknown> {
    const key = await this.ownKey();
    try {
      if (sealed[0] !== version) throw new Error('unknown version');
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const body = sealed.subarray(1 + nonceBytes + tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(purpose))
        .setAuthTag(sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
      return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
    } catch (cause) {
      throw new SealedWithAnotherKeyError('the key in DATA_DIR/secrets does not open this', { cause });
    }
  }

  private ownKey(): Promise<Buffer> {
    this.key ??= readOrMake(join(this.settings.DATA_DIR, 'secrets')).catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}

/** Several processes may ask at once: whoever links first made the key, the others read it. */
async function readOrMake(folder: string): Promise<Buffer> {
  const file = join(folder, 'sealing-key');
  const known = await read(file);
  if (known) return known;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(`${randomBytes(32).toString('hex')}\n`);
  await handle.sync();
  await handle.close();
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return (await read(file))!;
}

async function read(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== 32)
    throw new Error(`${file} is damaged: restore it from a backup, or remove it and enter the secrets anew`);
  return key;
}
