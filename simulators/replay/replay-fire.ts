import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '@sc/platform/clock';
import { readOutcome, type Outcome, type PlatformClient } from '../client/index.js';
import { firstPhotoelectric } from './activation-times.js';
import { readFireCsv, type Station } from './fire-csv.js';
import { prepareHouse } from './house.js';
import { mapStation, testName, testSlug } from './mapping.js';
import { report, type ReportInput } from './report.js';
import { sendStation } from './send.js';
import { shiftTime } from './time-shift.js';

export interface ReplayOptions {
  file: string;
  /** Times faster than it burned; at least 1. */
  speed: number;
  client: PlatformClient;
  mqttUrl: string;
  clock: Clock;
  print: (line: string) => void;
}

export interface ReplayResult extends Outcome, Pick<ReportInput, 'ignition' | 'photoelectric' | 'origin' | 'letterOf'> {
  areaId: string;
}

/**
 * A NIST house fire as MQTT devices, one for each station, through the platform's public doors.
 * @throws CsvError for a file of another kind; Error when the platform refuses or does not acknowledge
 */
export async function replayFire(options: ReplayOptions): Promise<ReplayResult> {
  const { file, speed, client, mqttUrl, clock, print } = options;
  const stations = readFireCsv(await textOf(file));
  const name = testName(file);
  const house = await prepareHouse(
    client,
    testSlug(name),
    name,
    stations.map(({ letter }) => letter),
  );

  const times = stations.flatMap(({ readings }) => [readings[0]!.timeS, readings.at(-1)!.timeS]);
  const [firstS, lastS] = [Math.min(...times), Math.max(...times)];
  const shift = shiftTime(firstS, lastS, clock.now(), speed);
  print(
    `${name}: ${stations.length} stations, ${lastS - firstS} s of fire in about ${Math.ceil((lastS - firstS) / speed)} s`,
  );

  const lines = await Promise.all(
    stations.map(async (station) => {
      const { readings, clipped } = mapStation(station);
      const { login } = house.stations.get(station.letter)!;
      const { sent, acknowledged } = await sendStation(login, readings, shift, mqttUrl);
      const kinds = [station.hasSmoke && 'smoke', station.hasTemperature && 'temperature']
        .filter(Boolean)
        .join(' and ');
      const note = clipped ? `, ${clipped} negative densities (noise) sent as 0` : '';
      return `  ${station.letter}  ${login.id}  ${sent} sent, ${acknowledged} acknowledged: ${kinds}${note}`;
    }),
  );
  for (const line of lines) print(line);

  const letterOf = new Map([...house.stations].map(([letter, { login }]) => [login.id, letter]));
  const outcome = await readOutcome(client, house.areaId, new Set(letterOf.keys()));
  const photoelectric = await photoelectricBeside(file, name);
  const facts = { ...outcome, letterOf, photoelectric, ignition: shift.ignition, origin: hottest(stations) };
  for (const line of report(facts)) print(line);
  return { ...facts, areaId: house.areaId };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A thermocouple that broke reads absurd values: those do not tell where it burns. */
const hottestPossible = 1500;

function hottest(stations: readonly Station[]): string | undefined {
  const peak = ({ readings }: Station): number =>
    Math.max(
      -Infinity,
      ...readings.flatMap(({ temperature: t }) => (t === undefined || t > hottestPossible ? [] : [t])),
    );
  const [first] = stations
    .map((station) => ({ letter: station.letter, peak: peak(station) }))
    .sort((a, b) => b.peak - a.peak);
  return first && first.peak > -Infinity ? first.letter : undefined;
}

async function photoelectricBeside(file: string, test: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(join(dirname(file), 'Activation_Times.csv'), 'utf8').catch(() => undefined);
  return text === undefined ? new Map() : firstPhotoelectric(text, test);
}
