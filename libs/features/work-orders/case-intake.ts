import { Inject, Injectable } from '@nestjs/common';
import type { CaseSource, Text } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { dispatchActor } from './dispatch-actor.js';
import { Dispatcher } from './dispatcher.js';
import { keptOfItem } from './kept-of-item.js';
import { OrderHanding } from './order-handing.js';
import { OrderLedger, type WorkOrderRow } from './order-ledger.js';
import { refusals } from './refusals.js';
import { WORK_ORDER_TEMPLATES, type WorkOrderTemplates } from './templates.js';

/** A case that no alarm began. */
export interface NewCase {
  source: Exclude<CaseSource, 'alarm'>;
  /** Kind of work: an item of the catalogue. */
  category: string;
  areaId: string;
  longitude?: number;
  latitude?: number;
  placement?: string;
  description?: string;
  /** Who of the staff found it. */
  finderId?: string;
  /** Asking again with the same key of the same source is the same case. */
  key: string;
  /** The finder solves it on the spot: asked first, before anybody of the chain. */
  solving?: boolean;
}

/** The catalogue has no such kind of work. */
export class UnknownKindOfWork extends Error {
  readonly code = 'unknown-kind-of-work';

  constructor(readonly reason: Text) {
    super(reason.en);
  }
}

/** Registers what people, rounds and residents found, and has somebody sent. */
@Injectable()
export class CaseIntake {
  constructor(
    private readonly ledger: OrderLedger,
    private readonly dispatcher: Dispatcher,
    private readonly handing: OrderHanding,
    private readonly directory: Directory,
    @Inject(WORK_ORDER_TEMPLATES) private readonly templates: WorkOrderTemplates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @returns the order, also when it was opened by an earlier request with the same key @throws UnknownKindOfWork */
  async open(transaction: Transaction, newCase: NewCase): Promise<WorkOrderRow> {
    const { db } = transaction;
    const known = await this.earlier(transaction, newCase);
    if (known) return known;
    const path = await this.directory.areaPath(newCase.areaId, db);
    const item = await this.templates.usableIn(newCase.category, path, db);
    if (!item) throw new UnknownKindOfWork(refusals.noKindOfWork(newCase.category));
    const now = new Date(this.clock.now());
    const row = {
      id: this.ids.next(),
      incidentId: null,
      ...keptOfItem(item),
      state: 'registered' as const,
      severity: item.severity,
      source: newCase.source,
      intakeKey: newCase.key,
      finderId: newCase.finderId ?? null,
      description: newCase.description ?? null,
      areaId: newCase.areaId,
      dutyGridId: (await this.directory.dutyGridOf(newCase.areaId, db)) ?? null,
      longitude: newCase.longitude ?? null,
      latitude: newCase.latitude ?? null,
      placement: newCase.placement ?? null,
      createdAt: now,
      updatedAt: now,
    };
    const actor = newCase.finderId ? ({ kind: 'person', id: newCase.finderId } as const) : dispatchActor;
    const order = await this.ledger.registerCase(transaction, row, actor);
    // Somebody else with the same key was first, and has committed: the insert waited for that.
    if (!order) return (await this.earlier(transaction, newCase))!;
    if (newCase.solving && newCase.finderId)
      return this.handing.give(transaction, order, newCase.finderId, { action: 'dispatch', actor: dispatchActor });
    return this.dispatcher.dispatch(transaction, order);
  }

  /** Whether a case of this kind could be opened there now. */
  async knows(db: Transaction['db'], category: string, areaId: string): Promise<boolean> {
    const areaPath = await this.directory.areaPath(areaId, db);
    return (await this.templates.usableIn(category, areaPath, db)) !== undefined;
  }

  private async earlier({ db }: Transaction, { source, key }: NewCase): Promise<WorkOrderRow | undefined> {
    return db
      .selectFrom('workOrders')
      .selectAll()
      .where('source', '=', source)
      .where('intakeKey', '=', key)
      .executeTakeFirst();
  }
}
