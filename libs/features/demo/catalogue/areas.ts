import type { CreateArea, Text } from '@sc/contracts';
import { polygon, rectangle, type Rectangle } from './geometry.js';

export const community = 'sunshine';
export const dutyGrids = ['sunshine-grid-1', 'sunshine-grid-2', 'sunshine-grid-3'] as const;
type DutyGrid = (typeof dutyGrids)[number];

const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** Neighbouring grids share their corners, so that they tile the community without gaps. */
const south = [
  [0, 0],
  [168, -6],
  [334, 4],
  [500, 0],
] as const;
const north = [
  [4, 300],
  [172, 308],
  [330, 302],
  [496, 306],
] as const;

const larger: CreateArea[] = [
  {
    id: 'binjiang',
    kind: 'district',
    parentId: null,
    name: text('滨江区', 'Binjiang District'),
    shape: rectangle({ east: -2600, north: -2200, width: 6000, depth: 5200 }),
    households: null,
  },
  {
    id: 'binjiang-riverside',
    kind: 'street',
    parentId: 'binjiang',
    name: text('江岸街道', 'Riverside Street'),
    shape: rectangle({ east: -900, north: -700, width: 2300, depth: 1900 }),
    households: null,
  },
  {
    id: community,
    kind: 'community',
    parentId: 'binjiang-riverside',
    name: text('阳光花园', 'Sunshine Gardens'),
    shape: polygon([...south, ...[...north].reverse()]),
    households: 1026,
  },
];

const households = [342, 366, 318];
const grids: CreateArea[] = dutyGrids.map((id, i) => ({
  id,
  kind: 'duty-grid',
  parentId: community,
  name: text(`第${i + 1}责任网格`, `Duty grid ${i + 1}`),
  shape: polygon([south[i]!, south[i + 1]!, north[i + 1]!, north[i]!]),
  households: households[i]!,
}));

export interface Building {
  id: string;
  number: number;
  grid: DutyGrid;
  footprint: Rectangle;
  floors: number;
}

/** Three slab blocks in each grid, the rows a fire engine's width apart. */
export const buildings: Building[] = dutyGrids.flatMap((grid, g) =>
  [0, 1, 2].map((row) => ({
    id: `sunshine-b${g * 3 + row + 1}`,
    number: g * 3 + row + 1,
    grid,
    footprint: { east: 28 + g * 166 + row * 3, north: 38 + row * 92, width: 108 - row * 6, depth: 15 },
    floors: 11,
  })),
);

const buildingAreas: CreateArea[] = buildings.map((b) => ({
  id: b.id,
  kind: 'building',
  parentId: b.grid,
  name: text(`${b.number}号楼`, `Building ${b.number}`),
  shape: rectangle(b.footprint),
  households: 108 + ((b.number * 7) % 15),
}));

/** Homes whose residents asked for a detector of their own. */
export const homes = [
  { id: 'sunshine-b1-301', building: 1, room: '301' },
  { id: 'sunshine-b2-502', building: 2, room: '502' },
  { id: 'sunshine-b4-202', building: 4, room: '202' },
  { id: 'sunshine-b5-801', building: 5, room: '801' },
  { id: 'sunshine-b7-403', building: 7, room: '403' },
  { id: 'sunshine-b9-601', building: 9, room: '601' },
] as const;

const rooms: CreateArea[] = homes.map(({ id, building, room }) => ({
  id,
  kind: 'room',
  parentId: `sunshine-b${building}`,
  name: text(`${room}室`, `Flat ${room}`),
  shape: null,
  households: 1,
}));

/** Parents before children. */
export const areas: CreateArea[] = [...larger, ...grids, ...buildingAreas, ...rooms];
