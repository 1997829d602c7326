import type { FleetDevice, Locale } from '@sc/contracts';
import { writeCsv } from '@sc/platform/csv';

const header = [
  'id',
  'name',
  'domain',
  'area',
  'placement',
  'problems',
  'connection',
  'lastSeenAt',
  'batteryPercent',
  'batteryAt',
  'signal',
  'signalMetric',
  'signalPercent',
  'clockBehindSeconds',
  'losses24h',
  'deadLetters24h',
  'outOfServiceSince',
];

/** A line for each device. An empty cell: not reported. */
export const fleetCsv = (devices: readonly FleetDevice[], locale: Locale): string =>
  writeCsv(
    header,
    devices.map((device) => [
      device.id,
      device.name,
      device.domain,
      device.areaName[locale],
      device.placement ?? '',
      device.problems.join(' '),
      device.connection,
      device.lastSeenAt ?? '',
      textOf(device.battery?.percent),
      device.battery?.at ?? '',
      textOf(device.signal?.value),
      device.signal?.metric ?? '',
      textOf(device.signal?.percent),
      textOf(device.clockBehindSeconds),
      String(device.losses),
      String(device.deadLetters),
      device.outOfServiceSince ?? '',
    ]),
  );

const textOf = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);
