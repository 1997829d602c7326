/** WGS-84, as the phone gives it: longitude, latitude. */
export type Here = [longitude: number, latitude: number];

/** As the crow flies: who walks goes round buildings, but nearer stays nearer. */
export function metresBetween([lonA, latA]: Here, [lonB, latB]: Here): number {
  const radians = Math.PI / 180;
  const x = (lonB - lonA) * radians * Math.cos(((latA + latB) / 2) * radians);
  const y = (latB - latA) * radians;
  return Math.hypot(x, y) * 6_371_000;
}
