import { Inject, Injectable } from '@nestjs/common';
import type {
  Handover,
  HandoverDetail,
  HandoverNow,
  HandoverQuery,
  HandoverReceiver,
  Page,
  Person,
} from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { deskDuty, ownDuty } from './desk-duty.js';
import { gather } from './gather.js';
import { handoverView, toHandover, who } from './handover-rows.js';
import { refusals } from './refusals.js';
import { plannedShift } from './shift-of.js';

const mostWaiting = 20;
const mostReceivers = 200;

/** Hand-overs as a person of the desk sees them. */
@Injectable()
export class HandoversReader {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /** The newest shift first. */
  async list(person: Person, { state, from, to, cursor, limit }: HandoverQuery): Promise<Page<Handover>> {
    let select = handoverView(this.db, person);
    if (state === 'open') select = select.where('handovers.state', 'in', ['draft', 'handed-over', 'returned']);
    if (state === 'accepted') select = select.where('handovers.state', '=', 'accepted');
    if (from) select = select.where('shiftEndsAt', '>', new Date(from));
    if (to) select = select.where('shiftStartsAt', '<', new Date(to));
    if (cursor) {
      const [startsAt, id] = decodeCursor(cursor, 2);
      select = select.where(
        sql<boolean>`(handovers.shift_starts_at, handovers.id::text) < (to_timestamp(${startsAt}::float8 / 1000), ${id})`,
      );
    }
    const rows = await select
      .orderBy('shiftStartsAt', 'desc')
      .orderBy(sql`handovers.id::text`, 'desc')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => toHandover(row, person)),
      nextCursor: rows.length > limit && last ? encodeCursor([last.shiftStartsAt.getTime(), last.id]) : null,
    };
  }

  /** @throws ProblemError `not-found`, also for one outside the person's area */
  async detail(person: Person, id: string): Promise<HandoverDetail> {
    const row = await handoverView(this.db, person).where('handovers.id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noHandover);
    const { snapshot } = await this.db
      .selectFrom('handovers')
      .select('snapshot')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const { areaId, shiftStartsAt: from, shiftEndsAt: to } = row;
    const now = this.clock.now();
    // Without a plan the shift goes on until it is handed over.
    const until = row.planned ? to : new Date(Math.max(to.getTime(), now));
    return {
      ...toHandover(row, person),
      snapshot: snapshot ?? (await gather(this.db, { areaId, from, to: until, now })),
      remarks: await this.remarks(id),
      steps: await this.steps(id),
    };
  }

  /** What somebody at the desk has to know without asking. */
  async now(person: Person): Promise<HandoverNow> {
    const now = this.clock.now();
    const waiting = await handoverView(this.db, person)
      .where('handovers.state', '=', 'handed-over')
      .where('handovers.receiverId', '=', person.id)
      .orderBy('handedOverAt')
      .limit(mostWaiting)
      .execute();
    const shift = plannedShift(await ownDuty(this.db, person, now), now);
    const own = await this.own(person, shift?.from);
    return {
      shift: shift ? { startsAt: iso(shift.from), endsAt: iso(shift.to) } : null,
      own: own ? toHandover(own, person) : null,
      waiting: waiting.map((row) => toHandover(row, person)),
    };
  }

  /** Of the shift that somebody is on; else one of theirs that was sent back, however long ago that shift ended. */
  private own(person: Person, shiftStartsAt: number | undefined) {
    const view = handoverView(this.db, person);
    const which =
      shiftStartsAt === undefined
        ? view.where('handovers.state', '=', 'returned').where('handovers.giverId', '=', person.id)
        : view
            .where('handovers.areaId', '=', person.areaId)
            .where('shiftStartsAt', '=', new Date(shiftStartsAt))
            .where('handovers.state', '<>', 'discarded');
    return which.orderBy('openedAt', 'desc').limit(1).executeTakeFirst();
  }

  /** Who can take it over: those on duty next first, then everybody else whose area contains it. @throws ProblemError `not-found` */
  async receivers(person: Person, id: string): Promise<HandoverReceiver[]> {
    const row = await handoverView(this.db, person).where('handovers.id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noHandover);
    const now = this.clock.now();
    const people = await this.db
      .selectFrom('people')
      .select(['id', 'name', 'role'])
      .where('active', '=', true)
      .where('role', '<>', 'officer')
      .where('areaId', 'in', await this.directory.areaPath(row.areaId))
      .where('id', '<>', person.id)
      .orderBy('name')
      .limit(mostReceivers)
      .execute();
    const duty = await deskDuty(this.db, row.areaId, now);
    const nextOf = (personId: string) =>
      (duty.get(personId) ?? [])
        .filter((span) => span.to > now && span.to > row.shiftEndsAt.getTime())
        .toSorted((a, b) => a.from - b.from)[0];
    return people
      .map(({ id: personId, name, role }) => ({ id: personId, name, role, next: nextOf(personId) }))
      .toSorted((a, b) => (a.next?.from ?? never) - (b.next?.from ?? never))
      .map(({ next, ...one }) => ({ ...one, shift: next ? { startsAt: iso(next.from), endsAt: iso(next.to) } : null }));
  }

  private async remarks(id: string): Promise<HandoverDetail['remarks']> {
    const rows = await this.db
      .selectFrom('handoverNotes')
      .innerJoin('people', 'people.id', 'handoverNotes.byId')
      .selectAll('handoverNotes')
      .select('people.name')
      .where('handoverId', '=', id)
      .orderBy('at')
      .orderBy('handoverNotes.id')
      .execute();
    return rows.map(({ itemKind, itemId, itemTitle, ...row }) => ({
      id: row.id,
      item: itemKind && itemId && itemTitle ? { kind: itemKind, id: itemId, title: itemTitle } : null,
      words: row.words,
      by: { id: row.byId, name: row.name },
      at: row.at.toISOString(),
      version: row.version,
    }));
  }

  private async steps(id: string): Promise<HandoverDetail['steps']> {
    const rows = await this.db
      .selectFrom('handoverSteps')
      .innerJoin('people as actor', 'actor.id', 'handoverSteps.byId')
      .leftJoin('people as receiver', 'receiver.id', 'handoverSteps.toId')
      .select(['action', 'at', 'byId', 'toId', 'words', 'actor.name as byName', 'receiver.name as toName'])
      .where('handoverId', '=', id)
      .orderBy('at')
      .orderBy('handoverSteps.id')
      .execute();
    return rows.map(({ action, at, byId, byName, toId, toName, words }) => ({
      action,
      at: at.toISOString(),
      by: { id: byId, name: byName },
      to: who(toId, toName),
      words,
    }));
  }
}

/** After everybody who is planned; no infinity, which is no number to subtract from itself. */
const never = Number.MAX_SAFE_INTEGER;
const iso = (ms: number): string => new Date(ms).toISOString();
