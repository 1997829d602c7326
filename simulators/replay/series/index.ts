import { binsStory } from './bins.js';
import { nabStory } from './nab.js';
import { parkingStory } from './parking.js';
import { roomStory } from './room.js';
import type { Limits, ReplayStory } from './story.js';

export interface ReplayKind {
  help: string;
  /** @throws CsvError for a file of another kind */
  read(path: string, limits?: Limits): ReplayStory;
  /**
   * Where readings of one device must not all come at once: orders are made by jobs, and one that is over before its job
   * runs is covered by the order before it.
   */
  defaultSpeed: number;
}

/** Kinds of series; house fires have a replay of their own. */
export const replayKinds: ReadonlyMap<string, ReplayKind> = new Map([
  [
    'parking',
    { help: 'parking-birmingham/dataset.csv: car parks, half-hourly', read: parkingStory, defaultSpeed: Infinity },
  ],
  [
    'bins',
    { help: 'bins-edinburgh/collections.csv: bins that fill and are emptied', read: binsStory, defaultSpeed: 6000 },
  ],
  [
    'room-occupancy',
    {
      help: 'room-occupancy/ or one of its files: an office in which nothing burned',
      read: roomStory,
      defaultSpeed: Infinity,
    },
  ],
  [
    'nab',
    { help: 'nab/data/*/*.csv: one series of the Numenta Anomaly Benchmark', read: nabStory, defaultSpeed: Infinity },
  ],
]);
export type { Entry, ReplayDevice, ReplayStory } from './story.js';
