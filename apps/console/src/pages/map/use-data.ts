import type { Area, BlindSpot, MapDevice, Round, WorkOrder } from '@sc/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { blindSpotsQuery, mapOrdersQuery, mapQuery } from '../../api/map.js';
import { areasQuery } from '../../api/queries.js';
import { roundsQuery } from '../../api/rounds.js';
import type { MapFilter } from './choice.js';
import { isIn, shownCases, shownDevices, shownSpots, urgentMarks, type UrgentMark } from './marks.js';

/** What there is, and what of it is shown. */
export interface MapData {
  filter: MapFilter;
  areas: Area[];
  areasById: ReadonlyMap<string, Area>;
  allDevices: MapDevice[];
  devices: MapDevice[];
  urgent: UrgentMark[];
  allOrders: WorkOrder[];
  cases: WorkOrder[];
  spots: BlindSpot[];
  rounds: Round[];
}

const none: never[] = [];

/** Every layer asks for what it needs when it is on; areas and devices are always there. */
export function useMapData(filter: MapFilter) {
  const { layers, areaId } = filter;
  const areas = useQuery(areasQuery);
  const devices = useQuery(mapQuery);
  const orders = useQuery(mapOrdersQuery(layers.has('cases') || layers.has('reports')));
  const spots = useQuery(blindSpotsQuery(layers.has('blind-spots')));
  const rounds = useInfiniteQuery({ ...roundsQuery('open'), enabled: layers.has('rounds') });

  const allAreas = areas.data?.items ?? none;
  const areasById = useMemo(() => new Map(allAreas.map((area): [string, Area] => [area.id, area])), [allAreas]);
  const allDevices = devices.data?.items ?? none;
  const allOrders = orders.data?.items ?? none;
  const allSpots = spots.data?.items ?? none;
  const data: MapData = {
    filter,
    areas: allAreas,
    areasById,
    allDevices,
    allOrders,
    devices: useMemo(() => shownDevices(allDevices, areasById, filter), [allDevices, areasById, filter]),
    urgent: useMemo(() => urgentMarks(allDevices, areasById), [allDevices, areasById]),
    cases: useMemo(() => shownCases(allOrders, areasById, filter), [allOrders, areasById, filter]),
    spots: useMemo(() => shownSpots(allSpots, areasById, filter), [allSpots, areasById, filter]),
    rounds: layers.has('rounds')
      ? (rounds.data?.pages ?? none).flatMap(({ items }) => items).filter((one) => isIn(areasById, one.areaId, areaId))
      : none,
  };
  return { data, areas, devices, orders, spots };
}
