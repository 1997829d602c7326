import { Inject, Injectable } from '@nestjs/common';
import {
  type AreaKind,
  type CoordinateSystem,
  type GeoImportResult,
  type GeoRow,
  type Person,
  polygonsOf,
  type Shape,
  type Text,
} from '@sc/contracts';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { json, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { mayContain } from '../area-tree.js';
import { GeoPlan } from './geo-plan.js';
import { isWithin } from './is-within.js';
import { type AreaFeature, readFeatures } from './read-features.js';

interface Planned {
  id: string;
  kind: AreaKind;
  parentId: string | null;
  path: string[];
  name: Text;
  households: number | null;
  shape: Shape | null;
}
type Known = ReadonlyMap<string, Row<'areas'>>;

/** Areas with their shapes from GeoJSON: all features or none, twice is once. */
@Injectable()
export class ImportGeo {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `invalid-request` when it is to be applied and something cannot be used */
  async run(person: Person, bytes: Uint8Array, crs: CoordinateSystem, preview: boolean): Promise<GeoImportResult> {
    return this.unitOfWork.run(async (transaction) => {
      const rows = await transaction.db.selectFrom('areas').selectAll().execute();
      const there: Known = new Map(rows.map((row) => [row.id, row]));
      const plan = new GeoPlan();
      const planned = planFeatures(plan, readFeatures(plan, bytes, crs), there, person);
      if (!preview) {
        plan.assertUsable();
        await this.write(transaction, person, plan.rows, planned);
      }
      return plan.result(!preview);
    });
  }

  private async write(
    { db, audit }: Transaction,
    person: Person,
    rows: readonly GeoRow[],
    planned: ReadonlyMap<string, Planned>,
  ): Promise<void> {
    const createdAt = new Date(this.clock.now());
    for (const { id, mark, changes } of rows) {
      if (mark === 'unchanged') continue;
      const { kind, parentId, path, name, households, shape } = planned.get(id)!;
      const set = { name: json(name), households, shape: shape && json(shape) };
      if (mark === 'added')
        await db
          .insertInto('areas')
          .values({ id, kind, parentId, path, createdAt, ...set })
          .execute();
      else await db.updateTable('areas').set(set).where('id', '=', id).execute();
      audit({
        actor: { kind: 'person', id: person.id },
        action: mark === 'added' ? 'area.created' : 'area.updated',
        subjectType: 'area',
        subjectId: id,
        // of a shape that it changed: a border of five thousand corners in the trail for ever would help nobody
        change: { kind, parentId, name, households, fields: mark === 'added' ? 'all' : changes.join(' ') },
      });
    }
  }
}

/** Parents may stand anywhere in the file, also behind their children; rows come out parents first. */
function planFeatures(plan: GeoPlan, features: AreaFeature[], there: Known, person: Person): Map<string, Planned> {
  const planned = new Map<string, Planned>();
  const placed = (id: string): Pick<Planned, 'kind' | 'path' | 'shape'> | undefined => planned.get(id) ?? there.get(id);
  let open: AreaFeature[] = [];
  for (const feature of features) {
    const before = there.get(feature.id);
    if (before) planChange(plan, planned, feature, before, person);
    else if (isComplete(plan, feature)) open.push(feature);
  }
  for (let progress = true; progress;) {
    const waiting: AreaFeature[] = [];
    for (const feature of open) {
      const parent = placed(feature.parentId ?? '');
      if (parent) planNew(plan, planned, feature, parent, person);
      else waiting.push(feature);
    }
    progress = waiting.length < open.length;
    open = waiting;
  }
  for (const { feature, parentId } of open)
    plan.error(feature, 'properties.parentId', 'unknown-parent', parentId ?? '');
  for (const row of plan.rows) {
    const { shape, parentId } = planned.get(row.id)!;
    const parent = placed(parentId ?? '')?.shape;
    const stray =
      shape &&
      parent &&
      polygonsOf(shape)
        .flatMap(([outer]) => outer!)
        .find((corner) => !isWithin(corner, parent));
    if (stray) plan.warn(row.feature, 'geometry', 'outside-parent', stray.join(', '));
  }
  return planned;
}

function isComplete(plan: GeoPlan, { feature, kind, parentId, name, nameEn }: AreaFeature): boolean {
  if (!kind) plan.error(feature, 'properties.kind', 'required');
  if (!parentId) plan.error(feature, 'properties.parentId', 'required');
  if (!name && !nameEn) plan.error(feature, 'properties.name', 'required');
  return Boolean(kind && parentId && (name || nameEn));
}

function planNew(
  plan: GeoPlan,
  planned: Map<string, Planned>,
  { feature, id, kind, parentId, name, nameEn, households = null, shape: drawn }: AreaFeature,
  parent: { kind: AreaKind; path: string[] },
  person: Person,
): void {
  const [path, shape] = [[...parent.path, id], drawn ?? null];
  planned.set(id, { id, kind: kind!, parentId: parentId!, path, name: nameOf(name, nameEn)!, households, shape });
  if (!parent.path.includes(person.areaId)) plan.error(feature, 'properties.parentId', 'outside-area', parentId!);
  else if (!mayContain(parent.kind, kind!)) plan.error(feature, 'properties.kind', 'wrong-level', kind);
  else plan.rows.push({ feature, id, kind: kind!, name: name ?? nameEn!, mark: 'added', changes: [], shape });
}

function planChange(
  plan: GeoPlan,
  planned: Map<string, Planned>,
  feature: AreaFeature,
  before: Row<'areas'>,
  person: Person,
): void {
  const { feature: index, id, name, nameEn } = feature;
  if (!before.path.includes(person.areaId)) return plan.error(index, 'properties.id', 'outside-area', id);
  const { kind = before.kind, parentId = before.parentId } = feature;
  if (kind !== before.kind) plan.error(index, 'properties.kind', 'place-fixed', kind);
  if (parentId !== before.parentId) plan.error(index, 'properties.parentId', 'place-fixed', parentId ?? '');
  const after: Planned = {
    ...before,
    name: { 'zh-CN': name ?? before.name['zh-CN'], en: nameEn ?? before.name.en },
    households: feature.households === undefined ? before.households : feature.households,
    shape: feature.shape ?? before.shape,
  };
  planned.set(id, after);
  const changes: GeoRow['changes'] = [];
  if (after.name['zh-CN'] !== before.name['zh-CN']) changes.push('name');
  if (after.name.en !== before.name.en) changes.push('nameEn');
  if (after.households !== before.households) changes.push('households');
  if (!isSame(after.shape, before.shape)) changes.push('shape');
  const mark = changes.length ? 'changed' : 'unchanged';
  plan.rows.push({
    feature: index,
    id,
    kind: before.kind,
    name: after.name['zh-CN'],
    mark,
    changes,
    shape: after.shape,
  });
}

const isSame = (a: Shape | null, b: Shape | null): boolean =>
  a?.type === b?.type && JSON.stringify(a?.coordinates) === JSON.stringify(b?.coordinates);

/** One language is enough to begin with: it stands for the other. */
const nameOf = (zh?: string, en?: string): Text | undefined =>
  zh || en ? { 'zh-CN': zh ?? en!, en: en ?? zh! } : undefined;
