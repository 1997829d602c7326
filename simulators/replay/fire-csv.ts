import { parse } from 'csv-parse/sync';

export interface StationReading {
  /** Seconds since ignition. */
  timeS: number;
  /** Optical density in 1/m, as the meter gives it: noise may be below zero. */
  opticalDensity?: number;
  /** °C */
  temperature?: number;
}

export interface Station {
  /** As in the file: `A`, `B`, … */
  letter: string;
  readings: StationReading[];
  hasSmoke: boolean;
  hasTemperature: boolean;
}

export class CsvError extends Error {}

/**
 * Stations of a NIST Home Smoke Alarm file. Only `TIME`, `SMx_1` (smoke meter at the ceiling) and `TCx_1` (thermocouple
 * 2 cm below the ceiling) are read; the alarms' own signals are none of our business.
 * @throws CsvError naming the line and what is wrong
 */
export function readFireCsv(text: string): Station[] {
  const [header, ...rows] = rowsOf(text);
  if (!header) throw new CsvError('the file is empty');
  const timeColumn = header.indexOf('TIME');
  if (timeColumn < 0) throw new CsvError('line 1: there is no column TIME (seconds since ignition)');
  const stations = new Map<string, Station & { smoke: number; heat: number }>();
  header.forEach((name, column) => {
    const match = /^(SM|TC)([A-Z])_1$/.exec(name);
    if (!match) return;
    const letter = match[2]!;
    const station = stations.get(letter) ?? {
      letter,
      readings: [],
      hasSmoke: false,
      hasTemperature: false,
      smoke: -1,
      heat: -1,
    };
    stations.set(letter, match[1] === 'SM' ? { ...station, smoke: column } : { ...station, heat: column });
  });
  if (!stations.size) throw new CsvError('line 1: there is no column SMx_1 or TCx_1 (smoke, temperature of station x)');

  rows.forEach((row, i) => {
    const timeS = numberOf(row[timeColumn]);
    if (timeS === undefined) throw new CsvError(`line ${i + 2}: TIME "${row[timeColumn] ?? ''}" is not a number`);
    for (const station of stations.values()) {
      const opticalDensity = numberOf(row[station.smoke]);
      const temperature = numberOf(row[station.heat]);
      if (opticalDensity === undefined && temperature === undefined) continue;
      station.hasSmoke ||= opticalDensity !== undefined;
      station.hasTemperature ||= temperature !== undefined;
      station.readings.push({
        timeS,
        ...(opticalDensity === undefined ? {} : { opticalDensity }),
        ...(temperature === undefined ? {} : { temperature }),
      });
    }
  });
  const filled = [...stations.values()].filter((station) => station.readings.length);
  if (!filled.length) throw new CsvError('no station has a single number');
  return filled
    .map(({ letter, readings, hasSmoke, hasTemperature }) => ({
      letter,
      readings: readings.sort((a, b) => a.timeS - b.timeS),
      hasSmoke,
      hasTemperature,
    }))
    .sort((a, b) => (a.letter < b.letter ? -1 : 1));
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (cause) {
    throw new CsvError(`not a CSV file: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** An empty cell, `NaN` or a word is no reading. */
function numberOf(cell: string | undefined): number | undefined {
  if (cell === undefined || cell === '') return undefined;
  const value = Number(cell);
  return Number.isFinite(value) ? value : undefined;
}
