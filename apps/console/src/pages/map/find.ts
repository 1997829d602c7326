import type { Area, MapDevice, WorkOrder } from '@sc/contracts';
import type { Pick } from './choice.js';

export interface Found extends Pick {
  label: string;
  hint: string;
}
const mostOfAKind = 8;

/** Devices by id and name, places by name and id, open orders by number; what begins with the words comes first. */
export function findOnMap(
  words: string,
  {
    devices,
    areas,
    orders,
    nameOf,
    titleOf,
  }: {
    devices: readonly MapDevice[];
    areas: readonly Area[];
    orders: readonly WorkOrder[];
    nameOf: (area: Area) => string;
    titleOf: (order: WorkOrder) => string;
  },
): Found[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const best = (kind: Pick['kind'], all: readonly Omit<Found, 'kind'>[]): Found[] => {
    const hits = all.flatMap((one) => {
      const texts = [one.label, one.hint, one.id].map((text) => text.toLowerCase());
      if (!texts.some((text) => text.includes(wanted))) return [];
      return { rank: texts.some((text) => text.startsWith(wanted)) ? 0 : 1, found: { ...one, kind } };
    });
    return hits
      .sort((a, b) => a.rank - b.rank)
      .slice(0, mostOfAKind)
      .map(({ found }) => found);
  };
  return [
    ...best(
      'case',
      orders.map((order) => ({ id: order.id, label: order.number, hint: titleOf(order) })),
    ),
    ...best(
      'area',
      areas.map((area) => ({ id: area.id, label: nameOf(area), hint: area.id })),
    ),
    ...best(
      'device',
      devices.map(({ id, name }) => ({ id, label: name, hint: id })),
    ),
  ];
}
