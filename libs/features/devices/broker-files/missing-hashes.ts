import { Inject, Injectable } from '@nestjs/common';
import { type Database, DATABASE } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Kysely } from 'kysely';
import { hashDeviceSecret } from '../device-secret.js';

/** Secrets that wait to be hashed. Of more the next login is waited for. */
const maxWaiting = 1000;

/**
 * Devices and bridges whose secret was made before there was a hash for an external broker. A login at ours brings the
 * secret: then the hash is made, beside the login, so that nobody needs a new secret when the broker is changed.
 */
@Injectable()
export class MissingHashes {
  /** Who lacks one; asked for once, because new secrets come with theirs. */
  private missing: Set<string> | undefined;
  private readonly waiting = new Map<string, Buffer>();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** To be called after a successful login, with the secret that was right. Never throws, costs the login nothing. */
  learn(id: string, secret: Buffer): void {
    if (this.missing ? !this.missing.has(id) : this.waiting.size >= maxWaiting) return;
    if (this.waiting.size < maxWaiting) this.waiting.set(id, secret);
    this.running ??= this.work()
      .catch((error: unknown) => this.logger.warn({ error: String(error) }, 'hash for a broker elsewhere not kept'))
      .finally(() => {
        // what is left is learned at its next login; secrets are not kept for that
        this.waiting.clear();
        this.running = undefined;
      });
  }

  private async work(): Promise<void> {
    this.missing ??= await this.load();
    for (const [id, secret] of this.waiting) {
      this.waiting.delete(id);
      if (!this.missing.has(id)) continue;
      const hashes = hashDeviceSecret(secret.toString());
      for (const table of ['devices', 'bridges'] as const)
        await this.database
          .updateTable(table)
          .set({ mosquittoHash: hashes.mosquittoHash })
          .where('id', '=', id)
          // a secret that was changed meanwhile has its own
          .where('secretHash', '=', hashes.secretHash)
          .where('mosquittoHash', 'is', null)
          .execute();
      this.missing.delete(id);
    }
  }

  private async load(): Promise<Set<string>> {
    const rows = await this.database
      .selectFrom('devices')
      .select('id')
      .where('mosquittoHash', 'is', null)
      .unionAll(this.database.selectFrom('bridges').select('id').where('mosquittoHash', 'is', null))
      .execute();
    return new Set(rows.map(({ id }) => id));
  }
}
