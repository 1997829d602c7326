import type { Alarm, IncidentDetail } from '@sc/contracts';

export interface ReportInput {
  /** Letter of each device. */
  letterOf: ReadonlyMap<string, string>;
  /** `ts` of ignition, ms since the epoch. */
  ignition: number;
  alarms: readonly Alarm[];
  incidents: readonly IncidentDetail[];
  /** First photoelectric alarm of the experiment by letter, seconds since ignition. */
  photoelectric: ReadonlyMap<string, number>;
  /** Station that got hottest: where it burns. */
  origin: string | undefined;
}

const secondsSince = (ignition: number, at: string): number => Math.round((Date.parse(at) - ignition) / 100) / 10;

/** First alarm of each station, seconds since ignition. */
export function firstAlarms({ alarms, letterOf, ignition }: ReportInput): Map<string, number> {
  const first = new Map<string, number>();
  for (const alarm of alarms) {
    const letter = letterOf.get(alarm.deviceId);
    if (letter === undefined) continue;
    first.set(letter, Math.min(secondsSince(ignition, alarm.raisedAt), first.get(letter) ?? Infinity));
  }
  return first;
}

/** What the platform made of the fire, as lines to print. */
export function report(input: ReportInput): string[] {
  const { alarms, incidents, letterOf, ignition } = input;
  const lines = ['', `Alarms (${alarms.length}), seconds since ignition:`];
  for (const alarm of alarms)
    lines.push(
      `  ${letterOf.get(alarm.deviceId) ?? '?'}  ${alarm.ruleId.padEnd(22)} ${String(secondsSince(ignition, alarm.raisedAt)).padStart(7)} s` +
        `  ${describeCause(alarm)}${alarm.occurrences > 1 ? `  (${alarm.occurrences} times)` : ''}` +
        (alarm.state === 'suppressed-by-design' ? '  behind the gravest of its room' : ''),
    );
  lines.push('', `Incidents (${incidents.length}):`);
  for (const incident of incidents) {
    const ours = incident.alarms.filter(({ deviceId }) => letterOf.has(deviceId)).length;
    const earlier = incident.alarms.length - ours;
    lines.push(
      `  ${incident.areaName.en}: ${incident.severity}, ${incident.state}, ${ours} alarms${earlier ? ` and ${earlier} from before` : ''}`,
    );
    for (const order of incident.workOrders)
      lines.push(`    order ${order.number}: ${order.state}, ${order.assigneeName ?? 'nobody yet'}`);
  }
  return [...lines, ...comparison(input)];
}

function comparison(input: ReportInput): string[] {
  const first = firstAlarms(input);
  const [earliest] = [...first].sort((a, b) => a[1] - b[1]);
  const lines = ['', `First alarm of the house: ${earliest ? `station ${earliest[0]} at ${earliest[1]} s` : 'none'}`];
  if (input.origin !== undefined) lines.push(`Hottest station (where it burns): ${input.origin}`);
  if (!input.photoelectric.size) return lines;
  lines.push('', 'Against the first photoelectric alarm of the experiment at the same station:');
  for (const [letter, theirs] of [...input.photoelectric].sort()) {
    const ours = first.get(letter);
    const verdict =
      ours === undefined
        ? 'no alarm'
        : ours <= theirs
          ? `${round(theirs - ours)} s earlier`
          : `${round(ours - theirs)} s LATER`;
    lines.push(`  ${letter}  ours ${ours === undefined ? '-' : `${ours} s`}  theirs ${theirs} s  ${verdict}`);
  }
  return lines;
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10;

const describeCause = ({ cause }: Alarm): string =>
  'metric' in cause ? `${String(cause['metric'])} ${String(cause['value'])} (level ${String(cause['level'])})` : '';
