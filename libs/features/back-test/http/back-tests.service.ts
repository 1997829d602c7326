import { Inject, Injectable } from '@nestjs/common';
import type { BackTest, CreateBackTest, Person } from '@sc/contracts';
import { pastOf } from '@sc/features/detection';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, json } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { BackTestRunner } from '../back-test-runner.js';
import { BackTestStore } from '../back-test-store.js';
import { BACK_TEST_LIMITS, type BackTestLimits } from '../limits.js';
import { backTestView } from './back-test-view.js';
import { AskedRule } from './asked-rule.js';

/** Who asks one after the other may not together exceed what one may have. */
const createLock = 7_241_939;

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
    if (from >= now) throw new ProblemError('invalid-request', 'from is still to come: choose a time that has passed');
    if (to - from > this.limits.rangeMs)
      throw new ProblemError(
        'invalid-request',
        `more than ${this.limits.rangeMs / 86_400_000} days: choose a shorter range`,
      );
    const { rule, stored } = await this.askedRule.of(request);
    const deviceIds = await this.devices(person, pastOf(rule).domains, request);
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
    if (!row) throw new ProblemError('not-found', 'no such back-test');
    if (row.result && !(await this.store.mayRead(row)))
      throw new ProblemError('forbidden', 'some of its devices are not yours any more');
    return backTestView(row, row.result);
  }

  /** Ends it where it runs, and removes it. */
  async remove(person: Person, id: string): Promise<void> {
    const { numDeletedRows } = await this.db
      .deleteFrom('backTests')
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new ProblemError('not-found', 'no such back-test');
    this.runner.cancel(id);
  }

  /** Devices of the rule's domains that the person sees; those that are named must be among them. */
  private async devices(
    person: Person,
    domains: readonly string[],
    { deviceIds, areaId }: CreateBackTest,
  ): Promise<string[]> {
    let visible = this.db
      .selectFrom('devices')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select('devices.id')
      .where('devices.domain', 'in', domains)
      .where('devices.state', '=', 'registered')
      .where(areaScope(person.areaId));
    const wanted = deviceIds && [...new Set(deviceIds)];
    if (wanted) visible = visible.where(sql<boolean>`devices.id = any(${wanted})`);
    if (areaId !== undefined) visible = visible.where(areaScope(areaId));
    const rows = await visible
      .orderBy('devices.id')
      .limit(this.limits.devices + 1)
      .execute();
    if ((wanted && rows.length < wanted.length) || rows.length === 0)
      throw new ProblemError('not-found', `no such device of the domain ${domains.join(' or ')}, or none in this area`);
    if (rows.length > this.limits.devices)
      throw new ProblemError('invalid-request', `more than ${this.limits.devices} devices: choose a smaller area`);
    return rows.map(({ id }) => id);
  }

  private async assertFew(db: Kysely<Database>, person: Person): Promise<void> {
    await sql`select pg_advisory_xact_lock(${createLock})`.execute(db);
    const isOpen = sql<boolean>`state in ('waiting', 'running')`;
    const { open, own, ownOpen } = await db
      .selectFrom('backTests')
      .select(({ fn }) => [
        fn.countAll<number>().filterWhere(isOpen).as('open'),
        fn.countAll<number>().filterWhere('personId', '=', person.id).as('own'),
        fn.countAll<number>().filterWhere('personId', '=', person.id).filterWhere(isOpen).as('ownOpen'),
      ])
      .executeTakeFirstOrThrow();
    if (ownOpen >= this.limits.openPerPerson || open >= this.limits.open)
      throw new ProblemError('too-many-back-tests', 'wait for one to end, or cancel it');
    if (own >= this.limits.keptPerPerson) throw new ProblemError('too-many-back-tests', 'remove one first');
  }
}
