import { Inject, Injectable } from '@nestjs/common';
import type { Locale, ProblemCode, ResidentFollow, ResidentReport, Text } from '@sc/contracts';
import { CaseIntake, openStates, UnknownKindOfWork } from '@sc/features/work-orders';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { isTransientDatabaseError, type Transaction, UnitOfWork } from '@sc/platform/database';
import { SecretBox } from '@sc/platform/secrets';
import { sql } from 'kysely';
import { hashOfToken } from './codes.js';
import { KnownCases } from './known-cases.js';
import { middleOf, type Place, Places } from './places.js';
import { refusals } from './refusals.js';

export type Reported = { ok: true } | { ok: false; code: ProblemCode; reason: Text; retryAfterSeconds?: number };
const refuse = (code: ProblemCode, reason: Text, retryAfterSeconds?: number): Reported =>
  retryAfterSeconds === undefined ? { ok: false, code, reason } : { ok: false, code, reason, retryAfterSeconds };

/** Nobody reads, chooses and writes in less. */
const quickestMs = 3000;
const hourMs = 3_600_000;
/** Links that one place gives in an hour: a broken lift brings many, a program more. */
const mostPerHour = 60;
/** So many reports of one kind at one place within an hour are each a case; what follows is part of the newest. */
const casesOfOneKind = 3;
const mostAttempts = 3;

/** What residents report, and what they follow instead. */
@Injectable()
export class ResidentReports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: CaseIntake,
    private readonly places: Places,
    private readonly known: KnownCases,
    private readonly secrets: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The same token is the same report, whatever else it says. */
  async report(code: string, report: ResidentReport): Promise<Reported> {
    if (report.website) return refuse('invalid-request', refusals.filledUnseen);
    const openForMs = this.clock.now() - Date.parse(report.openedAt);
    if (openForMs < quickestMs) return refuse('too-many-attempts', refusals.tooQuick, Math.ceil(quickestMs / 1000));
    try {
      return await this.run((transaction) => this.reportOnce(transaction, code, report));
    } catch (error) {
      if (!(error instanceof UnknownKindOfWork)) throw error;
      return refuse('invalid-request', error.reason);
    }
  }

  /** The link of a case that is known at this place already. */
  async follow(code: string, { token, caseId, locale }: ResidentFollow): Promise<Reported> {
    return this.run(async (transaction) => {
      const place = await this.hold(transaction, code);
      if (!place) return noPlace;
      const earlier = await this.earlier(transaction, token);
      if (earlier) return earlier;
      if (await this.isCrowded(transaction, place)) return crowded;
      const cases = await this.known.at(place.area, transaction.db);
      if (!cases.some(({ id }) => id === caseId)) return refuse('not-found', refusals.noCaseHere);
      await this.link(transaction, { place, token, locale, orderId: caseId, kind: 'follow' });
      return { ok: true };
    });
  }

  private async reportOnce(transaction: Transaction, code: string, report: ResidentReport): Promise<Reported> {
    const { token, category, locale, description: words } = report;
    const place = await this.hold(transaction, code);
    if (!place) return noPlace;
    const earlier = await this.earlier(transaction, token);
    if (earlier) return earlier;
    if (!place.reportsOpen) return refuse('action-not-allowed', refusals.noReports);
    if (await this.isCrowded(transaction, place)) return crowded;
    if (!(await this.isForResidents(transaction, category))) return refuse('invalid-request', refusals.notForResidents);
    const known = await this.storm(transaction, place, category);
    const orderId = known ?? (await this.open(transaction, place, report));
    const linkId = await this.link(transaction, { place, token, locale, words, orderId, kind: 'report' });
    if (report.phone) await this.keepPhone(transaction, linkId, report.phone);
    return { ok: true };
  }

  private async open(transaction: Transaction, { area }: Place, report: ResidentReport): Promise<string> {
    const middle = middleOf(area);
    const order = await this.intake.open(transaction, {
      source: 'resident',
      category: report.category,
      areaId: area.id,
      ...(middle ? { longitude: middle[0], latitude: middle[1] } : {}),
      ...(report.placement ? { placement: report.placement } : {}),
      description: report.description,
      key: hashOfToken(report.token).toString('hex'),
    });
    return order.id;
  }

  /** Held, so that counting what comes at one place is exact. */
  private async hold({ db }: Transaction, code: string): Promise<Place | undefined> {
    await db.selectFrom('residentPlaces').select('areaId').where('code', '=', code).forUpdate().execute();
    return this.places.byCode(code, db);
  }

  private async earlier({ db }: Transaction, token: string): Promise<Reported | undefined> {
    const found = await db
      .selectFrom('residentLinks')
      .select('id')
      .where('tokenHash', '=', hashOfToken(token))
      .executeTakeFirst();
    return found && { ok: true };
  }

  private async isCrowded({ db }: Transaction, { area }: Place): Promise<boolean> {
    const { count } = await db
      .selectFrom('residentLinks')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('areaId', '=', area.id)
      .where('createdAt', '>', new Date(this.clock.now() - hourMs))
      .executeTakeFirstOrThrow();
    return Number(count) >= mostPerHour;
  }

  private async isForResidents({ db }: Transaction, category: string): Promise<boolean> {
    const found = await db
      .selectFrom('catalogueEntries')
      .select('code')
      .where('code', '=', category)
      .where('state', '=', 'active')
      .where(sql<boolean>`asked ->> 'residents' = 'true'`)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** The case that another report of the same is part of; `undefined`: it is a case of its own. */
  private async storm({ db }: Transaction, { area }: Place, category: string): Promise<string | undefined> {
    const rows = await db
      .selectFrom('workOrders')
      .select('id')
      .where('source', '=', 'resident')
      .where('category', '=', category)
      .where('areaId', '=', area.id)
      .where('state', 'in', openStates)
      .where('createdAt', '>', new Date(this.clock.now() - hourMs))
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(casesOfOneKind)
      .execute();
    return rows.length < casesOfOneKind ? undefined : rows[0]!.id;
  }

  private async link(
    { db }: Transaction,
    {
      place,
      token,
      orderId,
      ...rest
    }: { place: Place; token: string; orderId: string; locale: Locale; kind: 'report' | 'follow'; words?: string },
  ): Promise<string> {
    const id = this.ids.next();
    await db
      .insertInto('residentLinks')
      .values({
        id,
        workOrderId: orderId,
        areaId: place.area.id,
        tokenHash: hashOfToken(token),
        createdAt: new Date(this.clock.now()),
        ...rest,
      })
      .execute();
    return id;
  }

  private async keepPhone({ db }: Transaction, linkId: string, phone: string): Promise<void> {
    const sealed = await this.secrets.seal(phonePurpose(linkId), phone);
    await db.insertInto('residentPhones').values({ linkId, sealed }).execute();
  }

  /** A report waits for others at its place; where their rows meet others' in another order one is asked to try again. */
  private async run(work: (transaction: Transaction) => Promise<Reported>): Promise<Reported> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.unitOfWork.run(work);
      } catch (error) {
        if (attempt >= mostAttempts || !isTransientDatabaseError(error)) throw error;
      }
    }
  }
}

/** Part of the seal: a number cannot be moved to another link. */
export const phonePurpose = (linkId: string): string => `resident-phone:${linkId}`;

const noPlace = refuse('not-found', refusals.noPlace);
const crowded = refuse('too-many-attempts', refusals.crowded, 600);
