import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Person, PersonWorkOrderAction, WorkOrderState } from '@sc/contracts';
import type { WorkOrdersService } from '@sc/features/work-orders';
import type { Database } from '@sc/platform/database';
import type { Kysely } from 'kysely';
import { fateOf, numberOf, type Place } from './place.js';

const lookEveryMs = 500;
const atOnce = 4;

/** The next step of who has the order, and of the control room behind them. */
const nextOf: Partial<Record<WorkOrderState, PersonWorkOrderAction>> = {
  dispatched: 'accept',
  accepted: 'start',
  'in-hand': 'report',
  reported: 'verify',
  verified: 'close',
};
const ofControlRoom: readonly PersonWorkOrderAction[] = ['verify', 'close'];

/** People who accept some orders and see others through to their end, as their fate says, while the storm goes on. */
export class Staff {
  private readonly byId: ReadonlyMap<string, Person>;
  private readonly operator: Person;
  private working = true;
  private life: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Kysely<Database>,
    private readonly orders: WorkOrdersService,
    { people }: Place,
  ) {
    this.byId = new Map(people.map((person) => [person.id, person]));
    this.operator = people.find(({ role }) => role === 'operator')!;
  }

  start(): void {
    this.life = this.work();
  }

  /** Resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    this.working = false;
    await this.life;
  }

  private async work(): Promise<void> {
    while (this.working) {
      const due = await this.due();
      const hand = async () => {
        for (let one = due.pop(); one && this.working; one = due.pop()) await this.act(one);
      };
      await Promise.all(Array.from({ length: atOnce }, hand));
      await wait(lookEveryMs);
    }
  }

  private async due(): Promise<{ id: string; assigneeId: string | null; action: PersonWorkOrderAction }[]> {
    const rows = await this.db
      .selectFrom('workOrders as o')
      .innerJoin('alarms as a', 'a.incidentId', 'o.incidentId')
      .select(['o.id', 'o.state', 'o.assigneeId', 'a.deviceId'])
      .where('o.state', 'in', ['dispatched', 'accepted', 'in-hand', 'reported', 'verified'])
      .execute();
    return rows.flatMap(({ id, state, assigneeId, deviceId }) => {
      const fate = fateOf(numberOf(deviceId));
      const action = nextOf[state];
      const wanted = fate === 'finished' || (fate === 'accepted' && action === 'accept');
      return wanted && action ? [{ id, assigneeId, action }] : [];
    });
  }

  /** A refusal says that it is no longer theirs: the next look finds whose it is. */
  private async act({ id, assigneeId, action }: Awaited<ReturnType<Staff['due']>>[number]): Promise<void> {
    const person = ofControlRoom.includes(action) ? this.operator : this.byId.get(assigneeId ?? '');
    if (person) await this.orders.act(person, id, action, { requestId: randomUUID(), attachmentIds: [], note: 'done' });
  }
}
