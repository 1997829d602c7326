import type {
  Alarm,
  AlarmGroup,
  Area,
  AuditQuery,
  DeadLetterQuery,
  Device,
  DeviceQuery,
  EvaluationQuery,
  FleetQuery,
  FoldKind,
  HistoryQuery,
  RuleView,
  ShiftQuery,
  WorkOrderBoardQuery,
  WorkOrderQuery,
} from '@sc/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { keys } from './keys.js';
import { api } from './resources.js';

export { deviceAlarmsQuery, domainsQuery, picturesQuery, useDomains } from './look-ups.js';
export { sessionQuery, siteQuery } from './session.js';

/** Master data changes rarely; the stream and a change made here make it stale. */
const rarely = 5 * 60_000;

export const areasQuery = queryOptions({ queryKey: keys.areas, queryFn: (c) => api.areas(c), staleTime: rarely });
export const rulesQuery = queryOptions({ queryKey: keys.rules, queryFn: (c) => api.rules(c), staleTime: rarely });
export const ruleQuery = (id: string) => queryOptions({ queryKey: keys.rule(id), queryFn: (c) => api.rule(id, c) });
export const ruleVersionsQuery = (id: string) =>
  queryOptions({ queryKey: keys.ruleVersions(id), queryFn: (c) => api.ruleVersions(id, c) });
export const shiftsQuery = (query: ShiftQuery = {}) =>
  queryOptions({
    queryKey: keys.shifts(query),
    queryFn: (c) => api.shifts(query, c),
    placeholderData: keepPreviousData,
  });
export const peopleQuery = queryOptions({ queryKey: keys.people, queryFn: (c) => api.people(c), staleTime: rarely });
/** Everybody, also who may not log in any more. */
export const staffQuery = queryOptions({ queryKey: keys.staff, queryFn: (c) => api.staff(c), staleTime: rarely });
export const notificationsQuery = queryOptions({
  queryKey: keys.notifications,
  queryFn: (c) => api.notifications(c),
});

/** The open alarms as the control room sees them: the 200 gravest. */
export const openAlarmsQuery = queryOptions({
  queryKey: keys.alarms({ state: 'open' }),
  queryFn: (c) => api.alarms({ state: 'open', limit: 200 }, c),
});
export const calendarsQuery = queryOptions({ queryKey: keys.calendars, queryFn: (c) => api.calendars(c) });
export const calendarQuery = (areaId: string) =>
  queryOptions({ queryKey: keys.calendar(areaId), queryFn: (c) => api.calendar(areaId, c) });
/** What is shelved, suppressed or out of service: nobody is called for it, and nobody may overlook it. */
export const silencedAlarmsQuery = queryOptions({
  queryKey: keys.alarms({ state: 'silenced' }),
  queryFn: (c) => api.alarms({ state: 'silenced', limit: 200 }, c),
});
/** Nothing tells that one has begun or ended by the clock: looked at again. */
const windowsAgainMs = 30_000;
export const maintenanceWindowsQuery = (state: 'open' | 'all', deviceId?: string) =>
  queryOptions({
    queryKey: keys.maintenanceWindows({ state, deviceId }),
    queryFn: (c) => api.maintenanceWindows({ state, deviceId }, c),
    placeholderData: keepPreviousData,
    refetchInterval: windowsAgainMs,
  });
export const outOfServiceQuery = queryOptions({
  queryKey: keys.outOfService(),
  queryFn: (c) => api.outOfService({}, c),
  refetchInterval: windowsAgainMs,
});
export const deviceOutOfServiceQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.outOfService({ deviceId }),
    queryFn: (c) => api.outOfService({ deviceId }, c),
    refetchInterval: windowsAgainMs,
  });
/** The newest alarms and orders, over or not: to call by name what a record names by id. */
export const recentAlarmsQuery = queryOptions({
  queryKey: keys.alarms({ state: 'all' }),
  queryFn: (c) => api.alarms({ state: 'all', limit: 200 }, c),
});
export const recentOrdersQuery = queryOptions({
  queryKey: keys.workOrders({ state: 'all', recent: true }),
  queryFn: (c) => api.workOrders({ state: 'all', limit: 200 }, c),
});
/** The newest that stood at some time in from ≤ t < to. */
export const alarmsWithinQuery = (deviceId: string, from: number, to: number) => {
  const query = { state: 'all', deviceId, from: new Date(from).toISOString(), to: new Date(to).toISOString() } as const;
  return queryOptions({
    queryKey: keys.alarms(query),
    queryFn: (c) => api.alarms({ ...query, limit: 200 }, c),
    placeholderData: keepPreviousData,
    gcTime: shortlyMs,
  });
};
export const alarmQuery = (id: string) => queryOptions({ queryKey: keys.alarm(id), queryFn: (c) => api.alarm(id, c) });
/** How grave a flood is changes by itself as time passes: looked at again. */
const foldedAgainMs = 3_000;
export const foldedAlarmsQuery = (by: FoldKind) =>
  queryOptions({
    queryKey: keys.foldedAlarms(by),
    queryFn: (c) => api.foldedAlarms(by, c),
    placeholderData: keepPreviousData,
    refetchInterval: foldedAgainMs,
  });
export const groupAlarmsQuery = ({ incidentId, areaId, ruleId }: AlarmGroup) => {
  const query = {
    ...(incidentId ? { incidentId } : {}),
    ...(areaId ? { areaId } : {}),
    ...(ruleId ? { ruleId } : {}),
  };
  return queryOptions({
    queryKey: keys.alarms({ state: 'open', ...query }),
    queryFn: (c) => api.alarms({ state: 'open', ...query, limit: 200 }, c),
  });
};
export const alarmLoadQuery = (query: { areaId: string; from: string; to: string } | undefined) =>
  queryOptions({
    queryKey: keys.alarmLoad(query),
    queryFn: (c) => api.alarmLoad(query!, c),
    enabled: query !== undefined,
    staleTime: Infinity,
  });
/** As it was when it was asked for: a year takes the platform some seconds. */
export const evaluationQuery = (query: EvaluationQuery) =>
  queryOptions({ queryKey: keys.evaluation(query), queryFn: (c) => api.evaluation(query, c), staleTime: 60_000 });
/** Looked at every second while one is open. */
export const staffingPlansQuery = queryOptions({
  queryKey: keys.staffingPlans,
  queryFn: (c) => api.staffingPlans(c),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ? 1000 : false,
});
/** With its result, which does not change any more. */
export const staffingPlanQuery = (id: string) =>
  queryOptions({ queryKey: keys.staffingPlan(id), queryFn: (c) => api.staffingPlan(id, c), staleTime: Infinity });
export const mergeableIncidentsQuery = (id: string) =>
  queryOptions({ queryKey: keys.mergeable(id), queryFn: (c) => api.mergeableIncidents(id, c) });
export const incidentQuery = (id: string) =>
  queryOptions({ queryKey: keys.incident(id), queryFn: (c) => api.incident(id, c) });
export const workOrderQuery = (id: string) =>
  queryOptions({ queryKey: keys.workOrder(id), queryFn: (c) => api.workOrder(id, c) });
export const deviceQuery = (id: string) =>
  // its last readings and when it was last heard are told by no event
  queryOptions({ queryKey: keys.device(id), queryFn: (c) => api.device(id, c), refetchInterval: 10_000 });

/** Of the rules those that are judged on this device. */
export const deviceRulesQuery = (id: string) =>
  queryOptions({ queryKey: keys.deviceRules(id), queryFn: (c) => api.deviceRules(id, c), staleTime: rarely });
export const deviceOrdersQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.workOrders({ deviceId }),
    queryFn: (c) => api.workOrders({ state: 'all', deviceId, limit: 50 }, c),
  });
export const deviceIncidentsQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.incidentsOf(deviceId),
    queryFn: (c) => api.incidents({ state: 'all', deviceId, limit: 20 }, c),
  });
/** Devices of one kind by a part of their name, for a choice. */
export const devicesByNameQuery = (domain: string, q: string) =>
  queryOptions({
    queryKey: keys.devices({ domain, q, choice: true }),
    queryFn: (c) => api.devices({ domain, ...(q ? { q } : {}), limit: 50 }, c),
    placeholderData: keepPreviousData,
  });
/** A view that was zoomed away from is not looked at again for long. */
const shortlyMs = 60_000;
export const historyQuery = (query: HistoryQuery) =>
  queryOptions({ queryKey: keys.history(query), queryFn: (c) => api.history(query, c), gcTime: shortlyMs });

/** When devices were last heard and how their batteries are is told by no event. */
const fleetAgainMs = 10_000;
export const fleetQuery = (query: Partial<FleetQuery>) =>
  infiniteQueryOptions({
    queryKey: keys.fleet(query),
    queryFn: ({ pageParam, signal }) => api.fleet({ ...query, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
    // Every page that was loaded is asked again: one look at a long list must not become twenty each time.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 3 ? false : fleetAgainMs),
  });

export const bridgesQuery = queryOptions({ queryKey: keys.bridges, queryFn: (c) => api.bridges(c) });

const nextCursor = (page: { nextCursor: string | null }) => page.nextCursor ?? undefined;
const firstPage = undefined as string | undefined;

export const workOrdersQuery = (query: Partial<WorkOrderQuery>) =>
  infiniteQueryOptions({
    queryKey: keys.workOrders(query),
    queryFn: ({ pageParam, signal }) => api.workOrders({ ...query, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
    // What is left of a limit in working time is counted by the platform.
    refetchInterval: 60_000,
  });
export const orderBoardQuery = (query: Partial<WorkOrderBoardQuery>) =>
  queryOptions({
    queryKey: keys.workOrders({ board: query }),
    queryFn: (c) => api.orderBoard(query, c),
    refetchInterval: 60_000,
  });
export const devicesQuery = (query: Partial<DeviceQuery>) =>
  infiniteQueryOptions({
    queryKey: keys.devices(query),
    queryFn: ({ pageParam, signal }) => api.devices({ ...query, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  });
export const deadLettersQuery = (query: Partial<DeadLetterQuery>) =>
  infiniteQueryOptions({
    queryKey: keys.deadLetters(query),
    queryFn: ({ pageParam, signal }) => api.deadLetters({ ...query, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  });
export const auditQuery = (query: Partial<AuditQuery>) =>
  infiniteQueryOptions({
    queryKey: keys.audit(query),
    queryFn: ({ pageParam, signal }) => api.audit({ ...query, cursor: pageParam, limit: 100 }, { signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** Looked at every second while one is under way. */
/** Looked at every second while one is open. */
export const backTestsQuery = queryOptions({
  queryKey: keys.backTests,
  queryFn: (c) => api.backTests(c),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ? 1000 : false,
});
/** With its result, which does not change any more. */
export const backTestQuery = (id: string) =>
  queryOptions({ queryKey: keys.backTest(id), queryFn: (c) => api.backTest(id, c), staleTime: Infinity });
export const exportsQuery = queryOptions({
  queryKey: keys.exports,
  queryFn: (c) => api.exports(c),
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ? 1_000 : false,
  staleTime: 0,
});

/** Processes report every five seconds; nothing tells of it. */
export const systemQuery = queryOptions({
  queryKey: keys.system,
  queryFn: (c) => api.system(c),
  refetchInterval: 5_000,
  staleTime: 0,
});

/** Whether there is a device at all, and whether one is connected: for the first steps. */
export const anyDeviceQuery = queryOptions({
  queryKey: keys.devices({ any: true }),
  queryFn: (c) => api.devices({ limit: 1 }, c),
});
/** Enough to see whether any was ever heard: one that says a word and goes counts too. */
export const heardDevicesQuery = queryOptions({
  queryKey: keys.devices({ any: 'heard' }),
  queryFn: (c) => api.devices({ limit: 200 }, c),
  // when a device was last heard is told by no event
  refetchInterval: 10_000,
});

/** How many devices the map draws at most; beyond that it says so. */
export const mapDeviceLimit = 5_000;
export const mapDevicesQuery = queryOptions({
  queryKey: keys.devices({ map: true }),
  queryFn: async ({ signal }) => {
    const items: Device[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.devices({ cursor, limit: 200 }, { signal });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor && items.length < mapDeviceLimit);
    return { items, truncated: cursor !== undefined };
  },
});

const empty: never[] = [];
export const useAreas = (): Area[] => useQuery(areasQuery).data?.items ?? empty;
export const useRules = (): RuleView[] => useQuery(rulesQuery).data?.items ?? empty;
export type { Alarm };
