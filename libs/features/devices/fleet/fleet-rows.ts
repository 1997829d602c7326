import {
  type FleetCounts,
  type FleetDevice,
  type FleetProblem,
  fleetProblems,
  isSignalMetric,
  type Text,
} from '@sc/contracts';

/** A row of `judged`, as JSON. */
export interface JudgedRow {
  id: string;
  name: string;
  domain: string;
  area_id: string;
  area_name: Text;
  placement: string | null;
  connection: FleetDevice['connection'];
  last_seen_at: string | null;
  battery_percent: number | null;
  battery_at: string | null;
  signal_metric: string | null;
  signal_value: number | null;
  signal_percent: number | null;
  signal_at: string | null;
  clock_behind_seconds: number | null;
  losses: number;
  last_loss_at: string | null;
  letters: number;
  out_since: string | null;
  problems: FleetProblem[];
  key: string;
}

export const toFleetDevice = (row: JudgedRow): FleetDevice => ({
  id: row.id,
  name: row.name,
  domain: row.domain,
  areaId: row.area_id,
  areaName: row.area_name,
  placement: row.placement,
  connection: row.connection,
  lastSeenAt: isoOf(row.last_seen_at),
  ...toVitals({
    batteryPercent: row.battery_percent,
    batteryAt: row.battery_at,
    signalMetric: row.signal_metric,
    signalValue: row.signal_value,
    signalPercent: row.signal_percent,
    signalAt: row.signal_at,
    clockBehindSeconds: row.clock_behind_seconds,
  }),
  losses: row.losses,
  lastLossAt: isoOf(row.last_loss_at),
  deadLetters: row.letters,
  outOfServiceSince: isoOf(row.out_since),
  problems: row.problems,
});

interface VitalsColumns {
  batteryPercent: number | null;
  batteryAt: Date | string | null;
  signalMetric: string | null;
  signalValue: number | null;
  signalPercent: number | null;
  signalAt: Date | string | null;
  clockBehindSeconds: number | null;
}

/** What the columns say that a device told of itself. */
export function toVitals(row: VitalsColumns): Pick<FleetDevice, 'battery' | 'signal' | 'clockBehindSeconds'> {
  const { batteryPercent, signalMetric, signalValue, signalPercent, clockBehindSeconds } = row;
  const [batteryAt, signalAt] = [isoOf(row.batteryAt), isoOf(row.signalAt)];
  return {
    battery: batteryPercent !== null && batteryAt ? { percent: batteryPercent, at: batteryAt } : null,
    signal:
      signalMetric && isSignalMetric(signalMetric) && signalValue !== null && signalPercent !== null && signalAt
        ? { metric: signalMetric, value: signalValue, percent: signalPercent, at: signalAt }
        : null,
    clockBehindSeconds,
  };
}

/** A line of the counts: of all, of a grid or of a kind of device. */
export interface CountRow {
  level: 'all' | 'grid' | 'domain';
  grid_id: string | null;
  grid_name: Text | null;
  domain: string | null;
  devices: number;
  well: number;
  problems: Record<FleetProblem, number>;
}

export const toCounts = ({ devices, well, problems }: CountRow): FleetCounts => ({ devices, well, problems });

export const noCounts: FleetCounts = {
  devices: 0,
  well: 0,
  problems: Object.fromEntries(fleetProblems.map((problem) => [problem, 0])) as FleetCounts['problems'],
};

const isoOf = (at: Date | string | null): string | null => (at === null ? null : new Date(at).toISOString());
