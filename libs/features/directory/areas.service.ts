import { Inject, Injectable } from '@nestjs/common';
import {
  type Area,
  type AreaKind,
  type CreateArea,
  type Person,
  polygonsOf,
  type Shape,
  type UpdateArea,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { shapeAbove } from './area-shapes.js';
import { mayContain } from './area-tree.js';
import { checkShape, squareMetresOf } from './geo/check-shape.js';
import { refusals } from './refusals.js';

export const toArea = (row: Row<'areas'>): Area => ({
  id: row.id,
  kind: row.kind,
  parentId: row.parentId,
  path: row.path,
  name: row.name,
  shape: row.shape,
  households: row.households,
});

/** Changes of the area tree; each is in the audit trail. */
@Injectable()
export class AreasService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found` (parent outside the person's scope), `invalid-request` (kind, shape), `already-exists` */
  async create(person: Person, area: CreateArea): Promise<Area> {
    try {
      return await this.unitOfWork.run(async ({ db, audit }) => {
        const parent = await db
          .selectFrom('areas')
          .selectAll()
          .where('id', '=', area.parentId ?? '')
          .executeTakeFirst();
        if (!parent?.path.includes(person.areaId)) throw new ProblemError('not-found', refusals.noParentArea);
        if (!mayContain(parent.kind, area.kind)) {
          const reason = refusals.cannotHold(parent.kind, area.kind);
          throw new ProblemError('invalid-request', reason, [{ path: 'kind', message: reason }]);
        }
        const shape = area.shape && (await usable(db, area.shape, area.kind, [...parent.path, area.id]));
        const row = await db
          .insertInto('areas')
          .values({
            id: area.id,
            kind: area.kind,
            parentId: parent.id,
            path: [...parent.path, area.id],
            name: json(area.name),
            shape: shape && json(shape),
            households: area.households,
            createdAt: new Date(this.clock.now()),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        audit({
          actor: { kind: 'person', id: person.id },
          action: 'area.created',
          subjectType: 'area',
          subjectId: area.id,
          change: { ...area, ...outlined(shape) },
        });
        return toArea(row);
      });
    } catch (error) {
      if (violatedUnique(error)) throw new ProblemError('already-exists', refusals.areaTaken);
      throw error;
    }
  }

  /** @throws ProblemError `not-found` when the area does not exist or lies outside the person's scope, `invalid-request` (shape) */
  async update(person: Person, id: string, change: UpdateArea): Promise<Area> {
    return this.unitOfWork.run(async ({ db, audit }) => {
      const before = await db.selectFrom('areas').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
      if (!before?.path.includes(person.areaId)) throw new ProblemError('not-found', commonRefusals.noArea);
      if (!Object.keys(change).length) return toArea(before);
      const shape = change.shape && (await usable(db, change.shape, before.kind, before.path));
      const row = await db
        .updateTable('areas')
        .set({
          ...(change.name ? { name: json(change.name) } : {}),
          ...(shape !== undefined ? { shape: shape && json(shape) } : {}),
          ...(change.households !== undefined ? { households: change.households } : {}),
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      audit({
        actor: { kind: 'person', id: person.id },
        action: 'area.updated',
        subjectType: 'area',
        subjectId: id,
        change: { ...change, ...outlined(shape) },
      });
      return toArea(row);
    });
  }
}

/** As it is kept. @throws ProblemError `invalid-request` naming the first places that are wrong, by code */
async function usable(db: Transaction['db'], drawn: Shape, kind: AreaKind, path: readonly string[]): Promise<Shape> {
  const { shape, issues } = checkShape(drawn, kind, await shapeAbove(db, path));
  if (shape && !issues.length) return shape;
  throw new ProblemError(
    'invalid-request',
    refusals.unfitShape,
    issues.slice(0, 20).map(({ path: where, code }) => ({ path: where ? `shape.${where}` : 'shape', message: code })),
  );
}

/** In the trail stands that a shape changed and how large it is now: five thousand corners for ever would help nobody. */
const outlined = (shape: Shape | null | undefined) =>
  shape === undefined
    ? {}
    : {
        shape: shape && {
          corners: polygonsOf(shape).reduce((sum, [outer]) => sum + outer!.length - 1, 0),
          squareMetres: Math.round(squareMetresOf(shape)),
        },
      };
