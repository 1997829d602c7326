import {
  type AlarmQuery,
  alarmSchema,
  deviceDetailSchema,
  type Domain,
  domainSchema,
  type EvaluationQuery,
  evaluationSchema,
  pageOf,
  picturesSchema,
} from '@sc/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { answer, apiUrl, http, patient } from './client.js';
import { keys } from './keys.js';

type Signal = { signal?: AbortSignal };
const alarmPage = pageOf(alarmSchema);
const domainList = z.object({ items: z.array(domainSchema) });
const deviceAt = (id: string) => {
  const [community = '', device = ''] = id.split('/');
  return { path: { community, device } };
};

/** What the pages of both programs look up about a case: devices, their alarms and pictures, what domains call things, figures. */
export const lookUpApi = {
  domains: ({ signal }: Signal) => answer(domainList, http.GET('/domains', { signal })),
  device: (id: string, { signal }: Signal) =>
    answer(deviceDetailSchema, http.GET('/devices/{community}/{device}', { params: deviceAt(id), signal })),
  picturesOfAlarm: (id: string, { signal }: Signal) =>
    answer(picturesSchema, http.GET('/alarms/{id}/pictures', { params: { path: { id } }, signal })),
  picturesOfDevice: (id: string, { signal }: Signal) =>
    answer(picturesSchema, http.GET('/devices/{community}/{device}/pictures', { params: deviceAt(id), signal })),
  pictureUrl: (id: string) => apiUrl('/pictures/{id}', { path: { id } }),
  alarms: (query: Partial<AlarmQuery>, { signal }: Signal) =>
    answer(alarmPage, http.GET('/alarms', { params: { query }, signal })),
  evaluation: (query: EvaluationQuery, { signal }: Signal) =>
    answer(evaluationSchema, http.GET('/evaluation', { params: { query }, signal, fetch: patient(60_000) })),
};

/** Changes rarely; the stream and a change made here make it stale. */
export const domainsQuery = queryOptions({
  queryKey: keys.domains,
  queryFn: (c) => lookUpApi.domains(c),
  staleTime: 5 * 60_000,
});
const none: Domain[] = [];
export const useDomains = (): Domain[] => useQuery(domainsQuery).data?.items ?? none;

export const deviceAlarmsQuery = (deviceId: string) =>
  queryOptions({
    queryKey: keys.alarms({ deviceId }),
    queryFn: (c) => lookUpApi.alarms({ state: 'all', deviceId, limit: 20 }, c),
  });

const pendingAgainMs = 3_000;
/** Looked at again while one is being fetched. */
export const picturesQuery = (of: 'alarm' | 'device', id: string) =>
  queryOptions({
    queryKey: keys.pictures(of, id),
    queryFn: (c) => (of === 'alarm' ? lookUpApi.picturesOfAlarm(id, c) : lookUpApi.picturesOfDevice(id, c)),
    refetchInterval: ({ state }) =>
      state.data?.items.some((picture) => picture.state === 'pending') ? pendingAgainMs : false,
  });
