import type { CaseClock, ChainAudience, WorkOrderState } from '@sc/contracts';
import { dueAt, nextClock, timesOf } from '@sc/features/calendars';
import { assign, type ChainPosition, weightOf } from '@sc/features/work-orders';
import { EventQueue } from './event-queue.js';
import { drawOf, questions, timeAt } from './random.js';
import { type Worker, Workers } from './workers.js';
import { type CaseRecord, newRecord, type PlannedCase, type PlannedShift, type World } from './world.js';

const minute = 60_000;
const superiors: ReadonlySet<ChainAudience> = new Set<ChainAudience>(['operators', 'managers']);

type Event =
  | { kind: 'arrive' | 'ask' | 'verify'; index: number; level: number }
  | { kind: 'accept'; index: number; level: number; workerId: string }
  | { kind: 'done'; index: number; workerId: string }
  | { kind: 'shift-begins' | 'shift-ends'; workerId: string; shift: PlannedShift };

/** A case on its way. */
interface Running {
  planned: PlannedCase;
  record: CaseRecord;
  state: WorkOrderState;
  clock: CaseClock | null;
  at: ChainPosition;
  asked: Set<string>;
  holderId: string | null;
  level: number;
}

export interface SimulationResult {
  records: CaseRecord[];
  workers: readonly Worker[];
}

/**
 * A month of cases with one staffing and one seed. The assignment, the chains and the clocks are those of the program; what
 * people do in between is drawn. The same world and seed give the same result.
 */
export class Simulation {
  private readonly events = new EventQueue<Event>();
  private readonly workers: Workers;
  private readonly running: Running[];
  /** Shifts begin at these moments: until then asking again reaches nobody new. */
  private readonly begins: Float64Array;

  constructor(
    private readonly world: World,
    private readonly seed: number,
  ) {
    this.workers = new Workers(world.officers, world.superiors);
    this.running = world.cases.map((planned) => ({
      planned,
      record: newRecord(planned.category, planned.at),
      state: 'registered',
      clock: null,
      at: { step: 0, times: 0 },
      asked: new Set(),
      holderId: null,
      level: 0,
    }));
    for (const officer of world.officers)
      for (const shift of officer.shifts) {
        this.events.add(Math.max(shift.from, world.from), { kind: 'shift-begins', workerId: officer.id, shift });
        this.events.add(shift.to, { kind: 'shift-ends', workerId: officer.id, shift });
      }
    this.begins = Float64Array.from(world.officers.flatMap(({ shifts }) => shifts.map(({ from }) => from))).sort();
    for (const [index, { at }] of world.cases.entries()) this.events.add(at, { kind: 'arrive', index, level: 0 });
  }

  /** Runs to the end of the range. @yields the moment it has come to, every few thousand events: whoever runs it may rest or stop */
  *run(eventsBetween = 2000): Generator<number, SimulationResult> {
    let count = 0;
    for (let next = this.events.next(); next && next.at < this.world.to; next = this.events.next()) {
      this.handle(next.at, next.event);
      if ((count += 1) % eventsBetween === 0) yield next.at;
    }
    for (const worker of this.workers.all) for (const span of worker.busy) span.to = Math.min(span.to, this.world.to);
    return { records: this.running.map(({ record }) => record), workers: this.workers.all };
  }

  private handle(at: number, event: Event): void {
    switch (event.kind) {
      case 'arrive':
        this.move(this.running[event.index]!, null, 'registered', at);
        return this.ask(event.index, at);
      case 'ask':
        return this.askAgain(event.index, event.level, at);
      case 'accept':
        return this.accept(event.index, event.level, this.workers.of(event.workerId), at);
      case 'done':
        return this.report(event.index, this.workers.of(event.workerId), at);
      case 'verify':
        return this.close(event.index, at);
      case 'shift-begins': {
        const worker = this.workers.of(event.workerId);
        this.workers.begin(worker, event.shift);
        return this.work(worker, at);
      }
      case 'shift-ends':
        return this.workers.end(this.workers.of(event.workerId), event.shift);
    }
  }

  private askAgain(index: number, level: number, at: number): void {
    const one = this.running[index]!;
    if (one.level !== level || (one.state !== 'registered' && one.state !== 'dispatched')) return;
    one.level += 1;
    this.ask(index, at);
  }

  /** As the dispatcher does it: what nobody has begins its chain anew. */
  private ask(index: number, at: number): void {
    const one = this.running[index]!;
    const { planned, record } = one;
    const start = one.holderId === null ? { step: 0, times: 0 } : one.at;
    const rungs = this.workers.rungs(planned, at);
    const found = assign({ rungs, at: start, asked: one.asked, holderId: one.holderId });
    one.at = found.at;
    // As the program tells it: a second attempt, or nobody but superiors to ask. From the grid to the community is no step up.
    if (one.level > 0 || found.kind === 'nobody' || superiors.has(found.who)) record.wentUp = true;
    const until = this.askedUntil(one, found.at.step, at);
    if (found.kind === 'nobody') {
      if (one.level === 0) record.nobody = true;
      this.events.add(this.nextAttempt(at, until - at), { kind: 'ask', index, level: one.level });
      return;
    }
    this.events.add(until, { kind: 'ask', index, level: one.level });
    this.handOver(one, found.personId, at);
    if (one.state === 'registered') this.move(one, 'registered', 'dispatched', at);
    record.givenAt ??= at;
    for (const personId of new Set([found.personId, ...found.called])) {
      one.asked.add(personId);
      this.events.add(at + this.acceptDelay(index, one, personId), {
        kind: 'accept',
        index,
        level: one.level,
        workerId: personId,
      });
    }
  }

  /** How long somebody has to accept: as the step of the chain says, else as the kind of work gives, by its calendar. */
  private askedUntil({ planned, record, level }: Running, step: number, at: number): number {
    const own = planned.chain[step]?.waitMinutes;
    if (own) return at + own * minute;
    if (level === 0 && record.acceptDue !== null && record.acceptDue > at) return record.acceptDue;
    const due = dueAt(at, planned.limits.accept, planned.calendar);
    return Number.isFinite(due) ? due : this.world.to;
  }

  /** The program tries each interval; it is nobody's turn before somebody comes on shift. */
  private nextAttempt(at: number, wait: number): number {
    const next = this.begins.find((begin) => begin > at) ?? this.world.to;
    return at + wait * Math.max(1, Math.ceil((next - at) / wait));
  }

  private handOver(one: Running, personId: string, at: number): void {
    if (one.holderId === personId) return;
    const { severity } = one.planned;
    if (one.holderId !== null) this.workers.take(this.workers.of(one.holderId), severity);
    this.workers.give(this.workers.of(personId), severity, at);
    one.holderId = personId;
  }

  private accept(index: number, level: number, worker: Worker, at: number): void {
    const one = this.running[index]!;
    // Somebody else was asked meanwhile, or the shift is over: it is not accepted.
    if (one.state !== 'dispatched' || one.level !== level || !this.workers.isThere(worker)) return;
    this.handOver(one, worker.id, at);
    this.move(one, 'dispatched', 'accepted', at);
    one.record.acceptedAt = at;
    one.record.withManager = worker.superior?.role === 'manager';
    worker.waiting.push(index);
    this.work(worker, at);
  }

  /** Takes the gravest that waits, of these the one that is due first. Nobody sets out after the end of their shift. */
  private work(worker: Worker, at: number): void {
    if (worker.isBusy || !worker.waiting.length || !this.workers.isThere(worker)) return;
    const rank = (index: number) => {
      const { planned, record } = this.running[index]!;
      return { weight: weightOf[planned.severity], due: record.handleDue ?? Infinity };
    };
    let best = 0;
    for (let n = 1; n < worker.waiting.length; n += 1) {
      const [a, b] = [rank(worker.waiting[n]!), rank(worker.waiting[best]!)];
      if (a.weight > b.weight || (a.weight === b.weight && a.due < b.due)) best = n;
    }
    const index = worker.waiting.splice(best, 1)[0]!;
    const one = this.running[index]!;
    this.move(one, 'accepted', 'in-hand', at);
    one.record.begunAt = at;
    worker.isBusy = true;
    const end =
      at + Math.max(1, Math.round((this.travel(worker, one.planned, at) + this.handling(index, one)) * minute));
    worker.busy.push({ from: at, to: end });
    this.events.add(end, { kind: 'done', index, workerId: worker.id });
  }

  private report(index: number, worker: Worker, at: number): void {
    const one = this.running[index]!;
    worker.isBusy = false;
    worker.handled += 1;
    if (one.planned.position) worker.seenAt = { position: one.planned.position, at };
    this.workers.take(worker, one.planned.severity);
    one.holderId = null;
    this.move(one, 'in-hand', 'reported', at);
    one.record.reportedAt = at;
    const verify = this.drawn(this.world.history.verify(one.planned.category), index, questions.verify, 0);
    this.events.add(at + Math.max(1, Math.round(verify * minute)), { kind: 'verify', index, level: 0 });
    this.work(worker, at);
  }

  private close(index: number, at: number): void {
    const one = this.running[index]!;
    this.move(one, 'reported', 'closed', at);
    one.record.closedAt = at;
  }

  /** The real clock of the case; a deadline stands from the moment its step begins. */
  private move(one: Running, from: WorkOrderState | null, to: WorkOrderState, at: number): void {
    const { limits, calendar } = one.planned;
    one.clock = nextClock(one.clock, { from, to, at, limits, calendar });
    one.state = to;
    if (!one.clock) return;
    const { dueAt } = timesOf(one.clock.now, calendar);
    if (to === 'registered') one.record.acceptDue = dueAt;
    else if (to === 'accepted') one.record.handleDue = dueAt;
    else if (to === 'reported') one.record.verifyDue = dueAt;
  }

  private acceptDelay(index: number, one: Running, personId: string): number {
    // Each attempt, and each of several who are called, has a luck of its own.
    const attempt = one.level * 1000 + (hashOf(personId) % 1000);
    const minutes = this.drawn(this.world.history.accept(one.planned.category), index, questions.accept, attempt);
    return Math.max(1, Math.round(minutes * minute));
  }

  private handling(index: number, { planned }: Running): number {
    if (planned.handlingMinutes !== null) return planned.handlingMinutes;
    return this.drawn(this.world.history.handle(planned.category), index, questions.handle, 0);
  }

  private travel(worker: Worker, { position }: PlannedCase, at: number): number {
    const { travelKmPerHour, travelMinutes } = this.world.assumptions;
    const metres = this.workers.distance(worker, position, at);
    return metres === null ? travelMinutes : (metres / 1000 / travelKmPerHour) * 60;
  }

  private drawn(times: Parameters<typeof timeAt>[0], index: number, question: number, attempt: number): number {
    const { seed } = this;
    return timeAt(times, drawOf(seed, index, question, 2 * attempt), drawOf(seed, index, question, 2 * attempt + 1));
  }
}

function hashOf(text: string): number {
  let h = 0;
  for (let n = 0; n < text.length; n += 1) h = (Math.imul(h, 31) + text.charCodeAt(n)) >>> 0;
  return h;
}
