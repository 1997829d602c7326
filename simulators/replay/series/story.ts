import type { ReadingValue } from './values.js';

/** What one device says at one moment, ms since the epoch as the file has it. */
export type Entry = { time: number } & (
  { values: Record<string, ReadingValue> } | { event: { id: string; type: string } }
);

export interface ReplayDevice {
  /** Part of ids. */
  slug: string;
  name: string;
  domain: string;
  /** By time; equal times in the order of the file. */
  entries: Entry[];
}

/** A part of a file: only the first devices, only the first entries of each. */
export interface Limits {
  devices: number;
  entries: number;
}

export const unlimited: Limits = { devices: Infinity, entries: Infinity };

/** What somebody who only reads the file would expect of the platform. */
export interface Expectation {
  /** Readings that cannot be. */
  refused: number;
  /** Distinct (device, metric, time) of what can be. */
  stored: number;
  /** How often the condition of a rule begins, over all devices; a rule not named here is not judged. */
  raised: Record<string, number>;
  /** Orders that end by the sensor; left out where the file cannot tell. */
  closedBySensor?: number;
  /** Facts about the file, to print. */
  facts: string[];
}

export interface ReplayStory {
  title: string;
  devices: ReplayDevice[];
  expected: Expectation;
}
