import type { Readings } from '@sc/contracts';

export interface Peak {
  deviceId: string;
  at: string;
  value: number;
}

/** The highest reading of each device, when it was first reached; none of a device whose readings never differ. */
export function peaksOf(readings: Readings['items']): Peak[] {
  const found = new Map<string, { peak: Peak; lowest: number }>();
  for (const { deviceId, ts, value } of readings) {
    if (typeof value !== 'number') continue;
    const known = found.get(deviceId);
    const peak = known && known.peak.value >= value ? known.peak : { deviceId, at: ts, value };
    found.set(deviceId, { peak, lowest: Math.min(known?.lowest ?? value, value) });
  }
  return [...found.values()].filter(({ peak, lowest }) => peak.value > lowest).map(({ peak }) => peak);
}
