import type { Position } from '@sc/contracts';
import fc from 'fast-check';
import { gcj02ToBd09, toBd09, toGcj02, toWgs84 } from './coordinate-systems.js';

const near = (a: Position, b: Position, degrees: number) => {
  expect(Math.abs(a[0] - b[0])).toBeLessThan(degrees);
  expect(Math.abs(a[1] - b[1])).toBeLessThan(degrees);
};

/** Points of the tests of eviltransform, which many programs rest on. */
const published: [wgs: Position, gcj: Position][] = [
  [
    [121.5272106, 31.1774276],
    [121.531541859215, 31.17530398364597],
  ],
  [
    [113.912316, 22.543847],
    [113.9171764808363, 22.540796131694766],
  ],
  [
    [116.377817, 39.911954],
    [116.38404722455657, 39.91334545536069],
  ],
];

it('moves as the published points do, and back', () => {
  for (const [wgs, gcj] of published) {
    near(toGcj02(wgs), gcj, 1e-7);
    near(toWgs84(gcj, 'gcj-02'), wgs, 1e-6);
  }
});

it('moves once more for the map of Baidu, as the example of coordtransform does', () => {
  near(gcj02ToBd09([116.404, 39.915]), [116.41036949371029, 39.92133699351021], 1e-9);
});

it('comes back to where it started, anywhere in China', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 73.5, max: 135, noNaN: true }),
      fc.double({ min: 3.5, max: 53.5, noNaN: true }),
      (lon, lat) => {
        near(toWgs84(toGcj02([lon, lat]), 'gcj-02'), [lon, lat], 1e-6);
        near(toWgs84(toBd09([lon, lat]), 'bd-09'), [lon, lat], 1e-6);
      },
    ),
  );
});

it('leaves the rest of the world alone', () => expect(toWgs84([13.4, 52.5], 'gcj-02')).toEqual([13.4, 52.5]));
