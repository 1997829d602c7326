import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@sc/platform/database';
import { Loop } from '@sc/platform/jobs';
import type { Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { mosquittoPasswordHash } from './mosquitto-hash.js';
import {
  aclFile,
  bridgePermissions,
  type BrokerAccount,
  devicePermissions,
  passwordFile,
  platformPermissions,
  withoutPassword,
} from './permissions.js';

export interface BrokerFilesOptions {
  directory: string;
  /** The account of MQTT_URL. */
  platform: { userName: string | undefined; password: string | undefined };
}

/** A registry that tells of its changes. */
interface Changing {
  onChange(listener: () => void): () => void;
}

/** Without a change the files are compared with the register all the same: one that was lost comes back. */
const idleMs = 60_000;

/**
 * Who may log in at the external broker and what for, as the files that Mosquitto reads: `password_file`, `acl_file` and, for
 * people, `without-password`. Each is written whole and then renamed; again after each change of the register. While
 * PostgreSQL is away they stay as they are.
 */
export class BrokerFiles {
  private readonly loop: Loop;
  /** Made once: each hash of one password differs, and the file is written only when it changes. */
  private readonly platformHash: string | null;
  private unsubscribe: (() => void)[] = [];

  constructor(
    private readonly database: Kysely<Database>,
    private readonly registries: readonly Changing[],
    private readonly logger: Logger,
    private readonly options: BrokerFilesOptions,
  ) {
    const { password } = options.platform;
    this.platformHash = password === undefined ? null : mosquittoPasswordHash(password);
    this.loop = new Loop(
      async () => {
        await this.write();
        return false;
      },
      {
        idleMs,
        maxBackoffMs: 5_000,
        onError: (error, failures) => logger.warn({ err: error, failures }, 'broker files not written'),
      },
    );
  }

  /** Resolves when the files are there. @throws when PostgreSQL is away or the folder cannot be written to */
  async start(): Promise<void> {
    await this.write();
    this.unsubscribe = this.registries.map((registry) => registry.onChange(() => this.loop.wake()));
    this.loop.start();
  }

  async stop(): Promise<void> {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    await this.loop.stop();
  }

  private async write(): Promise<void> {
    const accounts = await this.accounts();
    const missing = withoutPassword(accounts);
    await mkdir(this.options.directory, { recursive: true, mode: 0o700 });
    // Permissions first: without them whoever comes in can do nothing.
    const changed = [
      await this.replace('acl_file', aclFile(accounts)),
      await this.replace('password_file', passwordFile(accounts)),
      await this.replace('without-password', missing.map((name) => `${name}\n`).join('')),
    ];
    if (!changed.includes(true)) return;
    const fields = { accounts: accounts.length, withoutPassword: missing.length, directory: this.options.directory };
    if (missing.length > 0) this.logger.warn(fields, 'broker files written; some need a new secret to log in');
    else this.logger.info(fields, 'broker files written');
  }

  private async accounts(): Promise<BrokerAccount[]> {
    const devices = await this.database
      .selectFrom('devices')
      .select(['id', 'domain', 'mosquittoHash'])
      .where('state', '=', 'registered')
      // whose bridge speaks for it has no login of its own
      .where('bridgeId', 'is', null)
      .orderBy('id')
      .execute();
    const bridges = await this.database
      .selectFrom('bridges')
      .select(['id', 'topicPrefix', 'mosquittoHash'])
      .where('state', '=', 'registered')
      .orderBy('id')
      .execute();
    const { userName } = this.options.platform;
    const filters = bridges.map(({ topicPrefix }) => `${topicPrefix}/#`);
    return [
      ...(userName === undefined
        ? []
        : [{ userName, passwordHash: this.platformHash, permissions: platformPermissions(filters) }]),
      ...devices.map(({ id, domain, mosquittoHash }) => ({
        userName: id,
        passwordHash: mosquittoHash,
        permissions: devicePermissions(id, domain),
      })),
      ...bridges.map(({ id, topicPrefix, mosquittoHash }) => ({
        userName: id,
        passwordHash: mosquittoHash,
        permissions: bridgePermissions(topicPrefix),
      })),
    ];
  }

  /** Whether it was not so already. */
  private async replace(name: string, content: string): Promise<boolean> {
    const path = join(this.options.directory, name);
    if ((await readFile(path, 'utf8').catch(() => undefined)) === content) return false;
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    return true;
  }
}
