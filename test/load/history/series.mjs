/** 5,000 devices that report one metric at even intervals over thirty days, in the order of time. */
export const deviceCount = 5000;
export const days = 30;
export const dayMs = 86_400_000;
export const metric = 'temperature';
export const deviceIds = Array.from({ length: deviceCount }, (_, n) => `bench/history-${String(n).padStart(5, '0')}`);

/** @returns the plan of so many readings: when the first is, how far apart those of a device are, and how many each has */
export function planOf(readings, now = Date.now()) {
  const perDevice = Math.floor(readings / deviceCount);
  const start = now - (now % dayMs) - days * dayMs;
  return { perDevice, start, end: start + days * dayMs, everyMs: Math.floor((days * dayMs) / perDevice) };
}

/** Like a temperature: a day's course, some noise, two decimals. The same formula stands in plain-table.mjs as SQL. */
export const valueOf = (device, tick) => 20 + ((device * 31 + tick * 17) % 500) / 100;

/** What all devices report at one moment. */
export function readingsAt(plan, tick) {
  const ts = plan.start + tick * plan.everyMs;
  return deviceIds.map((deviceId, device) => ({ deviceId, metric, ts, value: valueOf(device, tick) }));
}
