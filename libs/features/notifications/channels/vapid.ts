import { Inject, Injectable } from '@nestjs/common';
import { makeVapidKeys, type VapidKeys } from '@sc/platform/channels';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import { json, UnitOfWork } from '@sc/platform/database';
import { SecretBox } from '@sc/platform/secrets';

const name = 'vapid';
/** RFC 8292 wants somebody to write to; a site without an address of its own has nobody. */
const nobody = 'https://smart-community.invalid';

/** The site's own keys for Web Push, made once: with others every browser would have to subscribe anew. */
@Injectable()
export class Vapid {
  private kept: { publicKey: string; privateKey: string } | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly box: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'PUBLIC_URL'>,
  ) {}

  async publicKey(): Promise<string> {
    return (await this.pair()).publicKey;
  }

  /** @throws SealedWithAnotherKeyError where DATA_DIR/secrets is another one */
  async keys(contact: string | undefined): Promise<VapidKeys> {
    const { PUBLIC_URL } = this.settings;
    const address = contact ?? (PUBLIC_URL?.startsWith('https:') ? PUBLIC_URL : nobody);
    return { ...(await this.pair()), subject: address.includes('://') ? address : `mailto:${address}` };
  }

  private async pair(): Promise<{ publicKey: string; privateKey: string }> {
    this.kept ??= (await this.read()) ?? (await this.make());
    return this.kept;
  }

  private async make(): Promise<{ publicKey: string; privateKey: string }> {
    const { publicKey, privateKey } = makeVapidKeys();
    const sealed = await this.box.seal(`site:${name}`, privateKey);
    const createdAt = new Date(this.clock.now());
    await this.unitOfWork.run(({ db }) =>
      db
        .insertInto('siteSecrets')
        .values({ name, public: json({ publicKey }), sealed, createdAt })
        // of several processes that begin at once one makes them, and all read those
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    return (await this.read())!;
  }

  private async read(): Promise<{ publicKey: string; privateKey: string } | undefined> {
    const row = await this.unitOfWork.run(({ db }) =>
      db.selectFrom('siteSecrets').select(['public', 'sealed']).where('name', '=', name).executeTakeFirst(),
    );
    if (!row) return undefined;
    const privateKey = (await this.box.open(`site:${name}`, row.sealed)) as string;
    return { publicKey: String(row.public['publicKey']), privateKey };
  }
}
