import { buildings, community } from './areas.js';
import { both, type CatalogueDevice } from './device.js';
import { inside } from './geometry.js';

const entrances: CatalogueDevice[] = buildings.map((b) => ({
  community,
  device: `door-b${b.number}`,
  domain: 'access',
  name: both(`${b.number}号楼单元门`, `B${b.number} entrance`),
  areaId: b.id,
  position: inside(b.footprint, 0.5, 0.1),
  placement: both('1层南侧', '1F, south side'),
  simulated: true,
}));

/** Where a leak is found late: pump rooms below ground, a kitchen whose owner asked for it. */
const leaks: CatalogueDevice[] = [
  { building: 1, key: 'pumps', name: both('1号楼水泵房水浸', 'B1 pump room leak sensor'), along: 0.6 },
  { building: 5, key: 'pumps', name: both('5号楼水泵房水浸', 'B5 pump room leak sensor'), along: 0.6 },
  { building: 8, key: 'pumps', name: both('8号楼水泵房水浸', 'B8 pump room leak sensor'), along: 0.6 },
  {
    building: 4,
    key: '202',
    room: 'sunshine-b4-202',
    name: both('4号楼202室水浸', 'B4 flat 202 leak sensor'),
    along: 0.3,
  },
].map(({ building, key, room, name, along }) => ({
  community,
  device: `leak-b${building}-${key}`,
  domain: 'water',
  name,
  areaId: room ?? `sunshine-b${building}`,
  position: inside(buildings[building - 1]!.footprint, along, 0.4),
  placement: room ? both('厨房水槽下', 'Under the kitchen sink') : both('地下1层水泵旁', 'B1, beside the pumps'),
  simulated: true,
}));

const roofs: CatalogueDevice[] = [3, 7].map((number) => ({
  community,
  device: `camera-b${number}-roof`,
  domain: 'camera',
  name: both(`${number}号楼屋顶摄像机`, `B${number} roof camera`),
  areaId: `sunshine-b${number}`,
  position: inside(buildings[number - 1]!.footprint, 0.85, 0.7),
  placement: both('楼梯间出口上方', 'Above the stairwell door'),
  simulated: true,
}));

export const indoors = [...entrances, ...leaks, ...roofs];
