/**
 * How any device tells how it is itself: metrics that mean the same whatever its domain. No device has to send them; of one
 * that does not, nothing is known.
 */
export const batteryMetricName = 'battery';

/** Of a battery that lasts years 15 % is months: time to change it, not a reason to run. Rules may say otherwise. */
export const lowBatteryPercent = 15;

/**
 * Strength of the radio link, by the names in use. `signal` is a percentage; `linkquality` is Zigbee's LQI, 0 to 255; `rssi` is dBm as
 * of Wi-Fi, Bluetooth and Zigbee (LoRa hears down to −137 dBm: such a device tells `signal`).
 */
export const signalMetrics = ['signal', 'linkquality', 'rssi'] as const;
export type SignalMetric = (typeof signalMetrics)[number];

/** Below it a link is weak: −87.5 dBm, where IEEE 802.15.4 asks a receiver for −85 dBm only. */
export const weakSignalPercent = 25;

/** As a percentage, so that devices can be compared: dBm as Windows maps them, −100 to 0 % and −50 to 100 %. */
export function signalPercent(metric: SignalMetric, value: number): number {
  const percent = metric === 'rssi' ? 2 * (value + 100) : metric === 'linkquality' ? value / 2.55 : value;
  return Math.round(Math.min(100, Math.max(0, percent)));
}

export const isSignalMetric = (metric: string): metric is SignalMetric =>
  (signalMetrics as readonly string[]).includes(metric);
