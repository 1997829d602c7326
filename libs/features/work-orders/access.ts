import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { type ExpressionBuilder, type Kysely, type SqlBool, type Expression } from 'kysely';
import { areaScope } from '@sc/features/directory';
import type { Asker } from './decide.js';

type Db = Kysely<Database>;
type Place = Pick<Row<'workOrders'>, 'areaId' | 'dutyGridId' | 'assigneeId' | 'handlerId'>;

/** How one person stands to orders; asked once per request, then without the database. */
export interface Viewpoint {
  asker(order: Place): Promise<Asker>;
  maySee(order: Place): Promise<boolean>;
}

/** A person sees the orders of their area, and those that are or were theirs: the chain may lead across a grid's border. */
export const visibleTo =
  (person: Person) =>
  (eb: ExpressionBuilder<Database, 'workOrders' | 'areas'>): Expression<SqlBool> =>
    eb.or([
      areaScope(person.areaId),
      eb('workOrders.assigneeId', '=', person.id),
      eb('workOrders.handlerId', '=', person.id),
    ]);

@Injectable()
export class OrderAccess {
  constructor(
    private readonly directory: Directory,
    @Inject(DATABASE) private readonly database: Db,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async viewpointOf(person: Person, db: Db = this.database): Promise<Viewpoint> {
    const { directory } = this;
    const shifts = await directory.shiftAreasOf(person.id, this.clock.now(), db);
    const shiftPaths = await Promise.all(shifts.map((areaId) => directory.areaPath(areaId, db)));
    const inScope = (order: Place) => directory.isInScope(person.areaId, order.areaId, db);
    return {
      async asker(order) {
        const path = await directory.areaPath(order.areaId, db);
        const grid = order.dutyGridId ?? order.areaId;
        const onDuty = shiftPaths.some((shift) => shift.includes(grid) || path.includes(shift.at(-1) ?? ''));
        return { id: person.id, role: person.role, inScope: await inScope(order), onDuty };
      },
      async maySee(order) {
        return order.assigneeId === person.id || order.handlerId === person.id || (await inScope(order));
      },
    };
  }
}
