import { Inject, Injectable } from '@nestjs/common';
import type { WorkOrderAction } from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Database, json } from '@sc/platform/database';
import type { Updateable } from 'kysely';
import { othersCalled } from './calls.js';
import { Dispatcher } from './dispatcher.js';
import { Helpers } from './helpers.js';
import { isOpen } from './machine.js';
import { OrderHanding } from './order-handing.js';
import { OrderLedger, type Step, type WorkOrderRow } from './order-ledger.js';
import { refusals } from './refusals.js';
import { SensorDoubt } from './sensor-doubt.js';
import { refuse, type StepContext, type Taken } from './step-context.js';
import { Suspending } from './suspending.js';
import { Urges } from './urges.js';

type Flow = (context: StepContext) => Promise<Taken>;

/** What a step of a person does besides moving the order. */
@Injectable()
export class SideFlows {
  private readonly flows: Partial<Record<WorkOrderAction, Flow>>;

  constructor(
    private readonly ledger: OrderLedger,
    private readonly handing: OrderHanding,
    private readonly dispatcher: Dispatcher,
    private readonly doubt: SensorDoubt,
    suspending: Suspending,
    urges: Urges,
    helpers: Helpers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.flows = {
      accept: (context) => this.accept(context),
      report: (context) => this.report(context),
      'self-handled': (context) => this.report(context),
      return: (context) => this.giveBack(context),
      assign: (context) => this.assign(context),
      suspend: (context) => suspending.suspend(context),
      resume: async ({ transaction, order, step: { to: _, action: __, ...step } }) => ({
        ok: true,
        order: await suspending.resume(transaction, order, step),
      }),
      urge: (context) => urges.urge(context),
      answer: (context) => urges.answer(context),
      invite: (context) => helpers.invite(context),
      'assist-done': (context) => helpers.done(context),
      release: (context) => helpers.release(context),
    };
  }

  /** @param context a step that was decided on */
  async take(context: StepContext): Promise<Taken> {
    const step = { ...context.step, ...this.extra(context) };
    const flow = this.flows[step.action];
    if (flow) return flow({ ...context, step });
    return { ok: true, order: await this.record({ ...context, step }) };
  }

  private record({ transaction, order, step }: StepContext): Promise<WorkOrderRow> {
    return this.ledger.record(transaction, order, step);
  }

  private extra(context: StepContext): Partial<Step> {
    const { order, request, step } = context;
    const set = this.changesOf(context);
    const data = { ...step.data };
    if (step.action === 'request-extension' || step.action === 'grant-extension')
      data['limit'] = request.limit ?? order.extension?.limit;
    if (step.action === 'evaluate') data['score'] = request.score;
    if (step.action === 'rework') data['assigneeId'] = order.assigneeId;
    return { set, data };
  }

  private changesOf({ order, person, request, step }: StepContext): Updateable<Database['workOrders']> {
    const now = new Date(this.clock.now());
    switch (step.action) {
      case 'accept':
      case 'self-handled': {
        const involved = [...new Set([...order.involved, person.id])];
        return { assigneeId: person.id, handlerId: person.id, acceptBy: null, involved };
      }
      case 'return':
        return { assigneeId: null, handlerId: null, acceptBy: null };
      case 'request-extension': {
        const { limit, note: reason = '' } = request;
        return { extension: json({ limit, reason, askedBy: person.id, askedAt: now.toISOString() }) };
      }
      case 'grant-extension':
      case 'refuse-extension':
        return { extension: null };
      case 'evaluate':
        return { score: request.score!, evaluatedAt: now };
      default:
        return isOpen(step.to) ? {} : { closedAt: now, acceptBy: null };
    }
  }

  /** Whoever else was called hears that somebody has it. */
  private async accept(context: StepContext): Promise<Taken> {
    const { transaction, order, person, step } = context;
    const tell = await othersCalled(transaction.db, order.id, person.id);
    return { ok: true, order: await this.record({ ...context, step: { ...step, tell } }) };
  }

  private async report(context: StepContext): Promise<Taken> {
    const order = await this.record(context);
    this.doubt.lookLater(context.transaction, order);
    return { ok: true, order };
  }

  /** The next of the chain is asked in the same moment; who gave it back counts as asked. */
  private async giveBack(context: StepContext): Promise<Taken> {
    const returned = await this.record(context);
    return { ok: true, order: await this.dispatcher.escalate(context.transaction, returned) };
  }

  private async assign({ transaction, order, request, step }: StepContext): Promise<Taken> {
    const personId = request.personId!;
    if (personId === order.assigneeId) return refuse('not-assignable', refusals.hasItAlready);
    const person = await transaction.db
      .selectFrom('people')
      .select('role')
      .where('id', '=', personId)
      .where('active', '=', true)
      .executeTakeFirst();
    if (person?.role !== 'officer' && person?.role !== 'manager') return refuse('not-assignable', refusals.noHandler);
    const { to: _, ...given } = step;
    return { ok: true, order: await this.handing.give(transaction, order, personId, given) };
  }
}
