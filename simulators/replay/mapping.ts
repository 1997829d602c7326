import type { Station, StationReading } from './fire-csv.js';

/** Light lost over one metre, in %, for an optical density in 1/m: 100·(1 − 10^(−OD·1 m)). */
export const obscurationPercent = (opticalDensity: number): number => 100 * (1 - 10 ** -opticalDensity);

export interface MappedReading {
  timeS: number;
  values: { smoke?: number; temperature?: number };
}

/**
 * What the station's device says. The smoke meter's noise around zero is clipped at 0: a negative obscuration does not
 * exist and would be refused. Smoke is told once, in %/m: told again as `opticalDensity` it would be the same smoke under a
 * second rule, and a second alarm.
 */
export function mapStation({ readings }: Station): { readings: MappedReading[]; clipped: number } {
  let clipped = 0;
  const map = ({ timeS, opticalDensity, temperature }: StationReading): MappedReading => {
    if (opticalDensity !== undefined && opticalDensity < 0) clipped += 1;
    return {
      timeS,
      values: {
        ...(opticalDensity === undefined
          ? {}
          : { smoke: Number(obscurationPercent(Math.max(0, opticalDensity)).toFixed(4)) }),
        ...(temperature === undefined ? {} : { temperature }),
      },
    };
  };
  return { readings: readings.map(map), clipped };
}

/** `SDC07` of `NIST_Smoke_Alarms_SDC07.csv`: the test's name, which the activation times are keyed by. */
export function testName(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  return base.slice(base.lastIndexOf('_') + 1);
}

/** The test's name as part of ids. @throws Error when nothing of it can stand there */
export function testSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30);
  if (!slug) throw new Error(`"${name}" holds no letter or digit to name the house by`);
  return slug;
}
