import { buildings, community, homes } from './areas.js';
import { both, type CatalogueDevice } from './device.js';
import { inside } from './geometry.js';
import { indoors } from './indoors.js';
import { outdoors } from './outdoors.js';

const corridors = [
  {
    key: '1f',
    zh: '1层走廊',
    en: '1F corridor',
    placeZh: '1层门厅，信报箱上方',
    placeEn: '1F lobby, above the letter boxes',
    along: 0.2,
  },
  {
    key: '4f',
    zh: '4层走廊',
    en: '4F corridor',
    placeZh: '4层走廊，电梯口上方',
    placeEn: '4F corridor, above the lift',
    along: 0.45,
  },
  {
    key: '9f',
    zh: '9层走廊',
    en: '9F corridor',
    placeZh: '9层走廊，楼梯间门旁',
    placeEn: '9F corridor, beside the stairwell door',
    along: 0.7,
  },
  {
    key: 'bikes',
    zh: '电动车库',
    en: 'E-bike garage',
    placeZh: '地下1层充电区顶棚',
    placeEn: 'B1 charging bays, ceiling',
    along: 0.9,
  },
] as const;

const shared: CatalogueDevice[] = buildings.flatMap((b) =>
  corridors.map((c, i) => ({
    community,
    device: `smoke-b${b.number}-${c.key}`,
    domain: 'fire',
    name: both(`${b.number}号楼${c.zh}烟感`, `B${b.number} ${c.en} detector`),
    areaId: b.id,
    position: inside(b.footprint, c.along, i % 2 ? 0.35 : 0.65),
    placement: both(c.placeZh, c.placeEn),
    simulated: true,
  })),
);

/** Left to the person who tries the demo: no simulator speaks for it, so its alarm stays until they clear it. */
export const handDevice = `${community}/home-b2-502`;

const inHomes: CatalogueDevice[] = homes.map(({ id, building, room }) => ({
  community,
  device: `home-b${building}-${room}`,
  domain: 'fire',
  name: both(`${building}号楼${room}室烟感`, `B${building} flat ${room} detector`),
  areaId: id,
  position: inside(buildings[building - 1]!.footprint, (Number(room) % 10) / 4 + 0.05, 0.5),
  placement: both(`${room}室厨房门外`, `Flat ${room}, outside the kitchen`),
  simulated: `${community}/home-b${building}-${room}` !== handDevice,
}));

export const devices: CatalogueDevice[] = [...shared, ...inHomes, ...indoors, ...outdoors];
