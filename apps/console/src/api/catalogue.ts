import {
  catalogueDetailSchema,
  catalogueEntrySchema,
  catalogueGapSchema,
  type CreateEntry,
  type DecideEntries,
  pageOf,
  type RetireEntry,
  skillSchema,
  teamSchema,
  type UpdateEntry,
} from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';
import { keys } from './keys.js';

type Signal = { signal?: AbortSignal };
const entryPage = pageOf(catalogueEntrySchema);
const gapPage = pageOf(catalogueGapSchema);
const detail = catalogueDetailSchema;
const at = (code: string) => `/catalogue/entries/${code}`;

export const catalogueApi = {
  list: ({ signal }: Signal) => request(entryPage, '/catalogue', { signal }),
  gaps: ({ signal }: Signal) => request(gapPage, '/catalogue/gaps', { signal }),
  one: (code: string, { signal }: Signal) => request(detail, at(code), { signal }),
  create: (body: CreateEntry) => request(detail, '/catalogue/entries', { method: 'POST', body }),
  update: (code: string, body: UpdateEntry) => request(detail, at(code), { method: 'PUT', body }),
  retire: (code: string, body: RetireEntry) => request(detail, `${at(code)}/retire`, { method: 'POST', body }),
  takeDefault: (code: string, basedOn: number) =>
    request(detail, `${at(code)}/default`, { method: 'POST', body: { basedOn } }),
  remove: (code: string) => command(at(code), { method: 'DELETE' }),
  decide: (body: DecideEntries) => command('/catalogue/decide', { method: 'POST', body }),
  csvUrl: '/api/v1/catalogue/csv',
};

export const catalogueQuery = queryOptions({
  queryKey: keys.catalogueEntries(),
  queryFn: (context) => catalogueApi.list(context),
});
export const catalogueEntryQuery = (code: string) =>
  queryOptions({ queryKey: keys.catalogueEntry(code), queryFn: (context) => catalogueApi.one(code, context) });
export const catalogueGapsQuery = queryOptions({
  queryKey: keys.catalogueGaps,
  queryFn: (context) => catalogueApi.gaps(context),
  staleTime: 5 * 60_000,
});
const skillPage = pageOf(skillSchema);
const teamPage = pageOf(teamSchema);
export const knownSkillsQuery = queryOptions({
  queryKey: ['skills', 'for-catalogue'],
  queryFn: ({ signal }) => request(skillPage, '/skills', { signal }),
});
export const knownTeamsQuery = queryOptions({
  queryKey: ['teams', 'for-catalogue'],
  queryFn: ({ signal }) => request(teamPage, '/teams', { signal }),
});
