import {
  type AreaKind,
  areaIdSchema,
  areaKinds,
  type CoordinateSystem,
  type Position,
  polygonsOf,
  type Shape,
} from '@sc/contracts';
import { isNearChina } from './coordinate-systems.js';
import type { GeoPlan } from './geo-plan.js';
import { readShape } from './read-shape.js';

const mostFeatures = 5000;
const mostPositions = 100_000;
/** What a GeoJSON file of before RFC 7946 calls WGS-84 in its `crs`. */
const wgs84Names = /CRS84|EPSG:+4326/i;

/** `undefined`: the file says nothing about it; `null`: it says that there is none. */
export interface AreaFeature {
  feature: number;
  id: string;
  kind?: AreaKind;
  parentId?: string | null;
  name?: string;
  nameEn?: string;
  households?: number | null;
  shape?: Shape;
}

/** The features of a file, as far as they can be understood; what cannot is in the plan. */
export function readFeatures(plan: GeoPlan, bytes: Uint8Array, crs: CoordinateSystem): AreaFeature[] {
  const features = featuresOf(plan, bytes, crs);
  const ids = new Set<string>();
  let positions = 0;
  const read: AreaFeature[] = [];
  for (const [index, value] of features.entries()) {
    const area = readFeature(plan, index, value, crs);
    if (!area) continue;
    if (ids.has(area.id)) plan.error(index, 'properties.id', 'duplicate', area.id);
    ids.add(area.id);
    positions += area.shape ? polygonsOf(area.shape).flat(2).length : 0;
    if (positions > mostPositions) {
      plan.error(-1, '', 'too-many-positions', String(mostPositions));
      return [];
    }
    read.push(area);
  }
  return read;
}

function featuresOf(plan: GeoPlan, bytes: Uint8Array, crs: CoordinateSystem): unknown[] {
  const refuse = (code: Parameters<GeoPlan['error']>[2], value?: string) => {
    plan.error(-1, '', code, value);
    return [];
  };
  let file: unknown;
  try {
    file = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('not-json');
  }
  const { type, features, crs: said } = (file ?? {}) as { type?: unknown; features?: unknown; crs?: unknown };
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return refuse('not-a-collection', String(type));
  // A file that names a system must not name another one than whoever brings it.
  if (said !== undefined && said !== null && !(crs === 'wgs-84' && wgs84Names.test(JSON.stringify(said))))
    return refuse('other-system', JSON.stringify(said));
  if (!features.length) return refuse('no-features');
  return features.length > mostFeatures ? refuse('too-many-features', String(mostFeatures)) : features;
}

function readFeature(plan: GeoPlan, index: number, value: unknown, crs: CoordinateSystem): AreaFeature | undefined {
  const { type, geometry, properties } = (value ?? {}) as { type?: unknown; geometry?: unknown; properties?: unknown };
  if (type !== 'Feature') return void plan.error(index, '', 'not-a-feature', String(type));
  const facts = (properties ?? {}) as Record<string, unknown>;
  if (facts['id'] === undefined || facts['id'] === '') return void plan.error(index, 'properties.id', 'required');
  const id = areaIdSchema.safeParse(facts['id']);
  if (!id.success) return void plan.error(index, 'properties.id', 'bad-id', String(facts['id']));
  const area: AreaFeature = { feature: index, id: id.data };
  const kind = areaKinds.find((known) => known === facts['kind']);
  if (kind) area.kind = kind;
  else if (isGiven(facts['kind'])) plan.error(index, 'properties.kind', 'bad-kind', String(facts['kind']));
  if (facts['parentId'] === null || typeof facts['parentId'] === 'string') area.parentId = facts['parentId'] || null;
  for (const key of ['name', 'nameEn'] as const) {
    const text = facts[key];
    if (typeof text === 'string' && text.trim().length > 500) plan.error(index, `properties.${key}`, 'too-long', text);
    else if (typeof text === 'string' && text.trim()) area[key] = text.trim();
  }
  const { households } = facts;
  if (households === null) area.households = null;
  else if (Number.isInteger(households) && Number(households) >= 0 && Number(households) < 1e7)
    area.households = Number(households);
  else if (isGiven(households)) plan.error(index, 'properties.households', 'bad-number', String(households));
  if (!isGiven(geometry)) return area;
  const shape = readShape(geometry, crs);
  if (Array.isArray(shape)) for (const { path, code, value: told } of shape) plan.error(index, path, code, told);
  else {
    area.shape = shape;
    const first: Position = polygonsOf(shape)[0]![0]![0]!;
    if (crs !== 'wgs-84' && !isNearChina(first)) plan.warn(index, 'geometry', 'not-in-china', first.join(', '));
  }
  return area;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
