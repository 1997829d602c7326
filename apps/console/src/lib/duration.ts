export type Duration =
  | { unit: 'seconds' | 'minutes'; values: { n: number } }
  | { unit: 'hours'; values: { h: number; m: number } }
  | { unit: 'days'; values: { d: number; h: number } };

/** A span in the two largest units that matter; never negative. */
export function durationOf(ms: number): Duration {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { unit: 'seconds', values: { n: seconds } };
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return { unit: 'minutes', values: { n: minutes } };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { unit: 'hours', values: { h: hours, m: minutes % 60 } };
  return { unit: 'days', values: { d: Math.floor(hours / 24), h: hours % 24 } };
}
