import { Inject, Injectable } from '@nestjs/common';
import type { BackTest, CreateBackTest, Person } from '@sc/contracts';
import { pastOf } from '@sc/features/detection';
import { devicesSeenBy, maySeeDevices } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { tooManyWords } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { BackTestRunner } from '../back-test-runner.js';
import { BackTestStore } from '../back-test-store.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from '../limits.js';
import { refusals } from '../refusals.js';
import { backTestView } from './back-test-view.js';
import { AskedRule } from './asked-rule.js';

@Injectable()
export class BackTestsService {
  constructor(
    private readonly askedRule: AskedRule,
    private readonly runner: BackTestRunner,
    private readonly store: BackTestStore,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(BACK_TEST_LIMITS) private readonly limits: BackTestLimits,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (a rule, device or area the person does not see), `invalid-rule`, `invalid-request`, `too-many-back-tests` */
  async create(person: Person, request: CreateBackTest): Promise<BackTest> {
    const now = this.clock.now();
    const [from, to] = [Date.parse(request.from), Date.parse(request.to)];
    if (from >= now) throw new ProblemError('invalid-request', commonRefusals.stillToCome);
    if (to - from > this.limits.rangeMs)
      throw new ProblemError('invalid-request', refusals.tooLong(this.limits.rangeMs / 86_400_000));
    const { rule, stored } = await this.askedRule.of(request);
    const { domains } = pastOf(rule);
    const deviceIds = await devicesSeenBy(this.db, person, { ...request, domains, most: this.limits.devices });
    const row = await this.db.transaction().execute(async (db) => {
      await this.assertFew(db, person);
      return db
        .insertInto('backTests')
        .values({
          id: this.ids.next(),
          personId: person.id,
          ruleId: rule.id,
          rule: json(rule),
          stored,
          deviceIds,
          areaId: request.areaId ?? null,
          fromAt: new Date(from),
          toAt: new Date(to),
          state: 'waiting',
          createdAt: new Date(now),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
    });
    this.runner.wake();
    return backTestView(row);
  }

  /** The person's own, newest first. */
  async list(person: Person): Promise<BackTest[]> {
    const rows = await this.db
      .selectFrom('backTests')
      .selectAll()
      .where('personId', '=', person.id)
      .orderBy('createdAt', 'desc')
      .orderBy('id')
      .limit(200)
      .execute();
    return rows.map((row) => backTestView(row));
  }

  /** Rights are those of now: the result names devices. @throws ProblemError `not-found`, `forbidden` */
  async find(person: Person, id: string): Promise<BackTest> {
    const row = await this.db
      .selectFrom('backTests')
      .selectAll()
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noBackTest);
    if (row.result && !(await maySeeDevices(this.db, row)))
      throw new ProblemError('forbidden', commonRefusals.devicesOutOfSight);
    return backTestView(row, row.result);
  }

  /** Ends it where it runs, and removes it. */
  async remove(person: Person, id: string): Promise<void> {
    const { numDeletedRows } = await this.db
      .deleteFrom('backTests')
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ProblemError('not-found', refusals.noBackTest);
    this.runner.cancel(id);
  }

  private async assertFew(db: Kysely<Database>, person: Person): Promise<void> {
    const refusal = await this.store.tooMany(db, person.id);
    if (refusal) throw new ProblemError('too-many-back-tests', tooManyWords[refusal]);
  }
}
