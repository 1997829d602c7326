import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Person, Setup, SetupState } from '@sc/contracts';
import { LoginLimiter, PeopleService } from '@sc/features/identity';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json, type Transaction, UnitOfWork } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { refusals } from './refusals.js';
import { hashSetupCode } from './setup-code.js';

const closed = () => new ProblemError('conflict', refusals.closed);
const wrongCode = () => new ProblemError('wrong-credentials', refusals.wrongCode);
/** In place of a login: attempts are counted per address alone. */
const anybody = '';

/** The first administrator of a site that was started empty. */
@Injectable()
export class SetupService {
  private readonly limiter: LoginLimiter;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {
    this.limiter = new LoginLimiter(clock);
  }

  async state(): Promise<SetupState> {
    const row = await this.database.selectFrom('siteSetup').select('codeHash').executeTakeFirst();
    return { open: Boolean(row?.codeHash) };
  }

  /**
   * Makes the first administrator and the top area in one transaction; of two at once, one wins.
   * @throws ProblemError `conflict` (closed), `wrong-credentials` (code), `too-many-attempts`
   */
  async setUp(setup: Setup, address: string): Promise<Person> {
    this.limiter.check(anybody, address);
    this.limiter.begin(anybody, address);
    try {
      // Before the password is hashed: who does not know the code must not make us work.
      await this.assertCode(this.database, setup.code);
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'wrong-credentials') await this.noteFailure(address);
      throw error;
    }
    const prepared = await this.people.prepare({
      login: setup.login,
      name: setup.name,
      password: setup.password,
      role: 'admin',
      areaId: setup.area.id,
      locale: setup.locale,
    });
    const { person } = prepared;
    await this.unitOfWork.run(async (transaction) => {
      await transaction.db.selectFrom('siteSetup').select('onlyRow').forUpdate().execute();
      await this.assertCode(transaction.db, setup.code);
      await this.insertArea(transaction, person, setup.area);
      await this.people.insert(transaction, [prepared], { kind: 'person', id: person.id });
      await transaction.db
        .updateTable('siteSetup')
        .set({ codeHash: null, finishedAt: new Date(this.clock.now()) })
        .execute();
    });
    this.limiter.succeeded(anybody, address);
    return person;
  }

  private async assertCode(db: Kysely<Database>, code: string): Promise<void> {
    const row = await db.selectFrom('siteSetup').select('codeHash').executeTakeFirst();
    if (!row?.codeHash) throw closed();
    if (!timingSafeEqual(row.codeHash, hashSetupCode(code))) throw wrongCode();
  }

  private async insertArea({ db, audit }: Transaction, person: Person, area: Setup['area']): Promise<void> {
    const { id, kind, name } = area;
    await db
      .insertInto('areas')
      .values({ id, kind, parentId: null, path: [id], name: json(name), createdAt: new Date(this.clock.now()) })
      .execute();
    const actor = { kind: 'person', id: person.id } as const;
    audit({ actor, action: 'area.created', subjectType: 'area', subjectId: id, change: { ...area, parentId: null } });
  }

  private async noteFailure(remoteAddress: string): Promise<void> {
    const row = { id: this.ids.next(), at: new Date(this.clock.now()), kind: 'setup-failed', actor: 'unknown' };
    await this.unitOfWork.run(({ db }) =>
      db
        .insertInto('securityLog')
        .values({ ...row, remoteAddress, detail: '' })
        .execute(),
    );
  }
}
