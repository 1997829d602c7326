/** Injection token of the {@link ExportLimits}. */
export const EXPORT_LIMITS = Symbol('ExportLimits');

export interface ExportLimits {
  devices: number;
  rows: number;
  bytes: number;
  /** Waiting and running, of one person and of all. */
  openPerPerson: number;
  open: number;
  /** Running, of one person and of all; a process runs one at a time. */
  runningPerPerson: number;
  running: number;
  /** Files and failures that one person keeps. */
  keptPerPerson: number;
  /** Left free, whichever is more: well above where readings are refused for want of room (`DiskSpace`), so that no export causes that. */
  diskReserveBytes: number;
  diskReserveShare: number;
  runMs: number;
  /** After its end. One that nobody begins is removed as late. */
  keptMs: number;
  /** A run that has not been heard of for so long is begun again, at most so often. */
  silentMs: number;
  attempts: number;
}

const gibi = 1024 ** 3;

export const exportLimits: ExportLimits = {
  devices: 5_000,
  rows: 20_000_000,
  bytes: 2 * gibi,
  openPerPerson: 3,
  open: 50,
  runningPerPerson: 1,
  running: 2,
  keptPerPerson: 20,
  diskReserveBytes: 2 * gibi,
  diskReserveShare: 0.07,
  runMs: 2 * 3_600_000,
  keptMs: 24 * 3_600_000,
  silentMs: 30_000,
  attempts: 3,
};
