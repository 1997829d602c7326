import fc from 'fast-check';
import { telemetrySchema } from '@sc/contracts';
import { firstPhotoelectric } from './activation-times.js';
import { mapStation, obscurationPercent, testName, testSlug } from './mapping.js';

const station = (opticalDensity: number) => ({
  letter: 'A',
  readings: [{ timeS: 0, opticalDensity, temperature: 21 }],
  hasSmoke: true,
  hasTemperature: true,
});

describe('mapping of a station', () => {
  it('turns optical density into obscuration per metre', () => {
    expect(obscurationPercent(0)).toBe(0);
    expect(obscurationPercent(0.02)).toBeCloseTo(4.5, 2);
    expect(obscurationPercent(1)).toBeCloseTo(90, 10);
  });

  it('clips noise below zero and counts it', () => {
    expect(mapStation(station(-0.003))).toEqual({
      readings: [{ timeS: 0, values: { smoke: 0, temperature: 21 } }],
      clipped: 1,
    });
    expect(mapStation(station(0)).clipped).toBe(0);
  });

  it('only ever sends what the contract allows', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 50, noNaN: true }), (od) => {
        const [reading] = mapStation(station(od)).readings;
        expect(reading!.values.smoke).toBeGreaterThanOrEqual(0);
        expect(reading!.values.smoke).toBeLessThanOrEqual(100);
        expect(telemetrySchema.safeParse({ values: reading!.values }).success).toBe(true);
      }),
    );
  });

  it('names the test and the house by the file', () => {
    expect(testName('../data/NIST_Smoke_Alarms_SDC07.csv')).toBe('SDC07');
    expect(testName('C:\\data\\fire.csv')).toBe('fire');
    expect(testSlug('SDC07')).toBe('sdc07');
    expect(testSlug('Haus Nr. 7 (Küche)')).toBe('haus-nr-7-k-che');
    expect(() => testSlug('火')).toThrow('no letter or digit');
  });
});

describe('activation times', () => {
  const text =
    'Act,SDC07-Ion1A,SDC07-Pho1E,SDC07-Pho3E,SDC07-Pho2B,SDC02-Pho1A,SDC07-Pho1C,SDC07-Pho1D\n-1,5,135,115,85,9,,-1\n';

  it('takes the first photoelectric alarm of each station of this test', () => {
    expect(firstPhotoelectric(text, 'SDC07')).toEqual(
      new Map([
        ['E', 115],
        ['B', 85],
      ]),
    );
  });

  it('knows nothing about another test, or from an empty file', () => {
    expect(firstPhotoelectric(text, 'SDC99').size).toBe(0);
    expect(firstPhotoelectric('', 'SDC07').size).toBe(0);
  });
});
