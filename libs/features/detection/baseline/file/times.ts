const written =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const seconds = /^\d{9,10}$/;
const milliseconds = /^\d{12,13}$/;

/** A moment, and the wall clock it was written with as ms: without a zone they are the same. */
export interface Moment {
  ts: number;
  local: number;
}

/** `2014-04-01 00:00:00`, ISO 8601 with or without zone, or seconds or milliseconds since 1970; `undefined`: none of these. */
export function momentOf(text: string): Moment | undefined {
  if (seconds.test(text)) return alike(Number(text) * 1000);
  if (milliseconds.test(text)) return alike(Number(text));
  const parts = written.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as Six;
  const local = Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000);
  const date = new Date(local);
  // Date.UTC takes the 31st of June for the 1st of July.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return { ts: local - aheadOf(parts[8]), local };
}

type Six = [number, number, number, number, number, number];

const alike = (ts: number): Moment => ({ ts, local: ts });

function aheadOf(zone: string | undefined): number {
  if (!zone || zone.toUpperCase() === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
