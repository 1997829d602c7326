import { parse } from 'csv-parse/sync';

/**
 * When the domestic photoelectric alarms of the experiment sounded, by station: the first one there, seconds since ignition.
 * Keys are `TEST-Pho<model><station>`. Only for the printed comparison; nothing of it reaches the platform.
 */
export function firstPhotoelectric(text: string, test: string): Map<string, number> {
  const [names = [], times = []] = parse(text, {
    bom: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
  }) as string[][];
  const first = new Map<string, number>();
  names.forEach((name, i) => {
    const match = /^(.+)-Pho\w*([A-Z])$/.exec(name);
    const time = Number(times[i]);
    if (!match || match[1] !== test || !times[i] || !Number.isFinite(time) || time < 0) return;
    first.set(match[2]!, Math.min(time, first.get(match[2]!) ?? Infinity));
  });
  return first;
}
