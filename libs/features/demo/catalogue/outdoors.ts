import type { Position } from '@sc/contracts';
import { community, dutyGrids } from './areas.js';
import { both, type CatalogueDevice } from './device.js';
import { inside, type Rectangle } from './geometry.js';

/** Between the first and the second row of the second grid. */
const carPark: Rectangle = { east: 200, north: 66, width: 90, depth: 50 };

/** One metre on the ground is one metre here: a point given by its distance from the community's corner. */
const at = (east: number, north: number): Position => inside({ east, north, width: 0, depth: 0 }, 0, 0);

const outdoor = (
  grid: 1 | 2 | 3,
  domain: string,
  device: string,
  name: string,
  position: Position,
  placement: string,
): CatalogueDevice => ({
  community,
  device,
  domain,
  name,
  areaId: dutyGrids[grid - 1]!,
  position,
  placement,
  simulated: true,
});

const gates = [
  outdoor(1, 'access', 'gate-south', both('南门', 'South gate'), at(84, 6), both('行人通道闸', 'Pedestrian gate')),
  outdoor(3, 'access', 'gate-north', both('北门', 'North gate'), at(413, 294), both('行人通道闸', 'Pedestrian gate')),
];

const bays = [1, 2, 3, 4].map((bay) =>
  outdoor(
    2,
    'parking',
    `bay-${bay}`,
    both(`${bay}号充电车位`, `Charging bay ${bay}`),
    inside(carPark, 0.1 + bay * 0.08, 0.2),
    both('停车场南侧', 'South row of the car park'),
  ),
);

const parking = [
  outdoor(
    2,
    'parking',
    'lot-centre',
    both('中心停车场', 'Central car park'),
    inside(carPark, 0.5, 0.9),
    both('出入口道闸计数', 'Counter at the barrier'),
  ),
  ...bays,
  outdoor(
    2,
    'parking',
    'fire-lane-centre',
    both('中心消防通道', 'Central fire lane'),
    inside(carPark, 0.95, 0.95),
    both('4号楼北侧通道地磁', 'Ground sensor north of building 4'),
  ),
];

const bins = dutyGrids.flatMap((_, g) =>
  [1, 2].map((row) =>
    outdoor(
      (g + 1) as 1 | 2 | 3,
      'sanitation',
      `bin-${g * 2 + row}`,
      both(`${g * 2 + row}号投放点`, `Bin station ${g * 2 + row}`),
      at(60 + g * 166, row * 92 + 6),
      both('其他垃圾桶', 'Residual waste'),
    ),
  ),
);

const cameras = [
  outdoor(
    1,
    'camera',
    'camera-gate-south',
    both('南门摄像机', 'South gate camera'),
    at(92, 8),
    both('岗亭立杆', 'Pole at the guard house'),
  ),
  outdoor(
    2,
    'camera',
    'camera-car-park',
    both('停车场摄像机', 'Car park camera'),
    inside(carPark, 0.02, 0.5),
    both('西侧灯杆', 'Lamp post, west side'),
  ),
];

export const outdoors: CatalogueDevice[] = [...gates, ...parking, ...bins, ...cameras];
