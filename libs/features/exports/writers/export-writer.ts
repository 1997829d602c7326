import type { Reading } from '@sc/platform/time-series';

/** Writes readings into one file. After `finish` or `abort` it is not used again; either removes what was only on the way. */
export interface ExportWriter {
  /** What is on disk by now, about. */
  readonly bytes: number;
  write(readings: readonly Reading[]): Promise<void>;
  /** Resolves when the file is complete. */
  finish(): Promise<void>;
  abort(): Promise<void>;
}
