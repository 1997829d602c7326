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
import { answer, apiUrl, done, http } from './client.js';
import { keys } from './keys.js';

type Signal = { signal?: AbortSignal };
const entryPage = pageOf(catalogueEntrySchema);
const gapPage = pageOf(catalogueGapSchema);
const detail = catalogueDetailSchema;
const at = (code: string) => ({ path: { code } });

export const catalogueApi = {
  list: ({ signal }: Signal) => answer(entryPage, http.GET('/catalogue', { signal })),
  gaps: ({ signal }: Signal) => answer(gapPage, http.GET('/catalogue/gaps', { signal })),
  one: (code: string, { signal }: Signal) =>
    answer(detail, http.GET('/catalogue/entries/{code}', { params: at(code), signal })),
  create: (body: CreateEntry) => answer(detail, http.POST('/catalogue/entries', { body })),
  update: (code: string, body: UpdateEntry) =>
    answer(detail, http.PUT('/catalogue/entries/{code}', { params: at(code), body })),
  retire: (code: string, body: RetireEntry) =>
    answer(detail, http.POST('/catalogue/entries/{code}/retire', { params: at(code), body })),
  takeDefault: (code: string, basedOn: number) =>
    answer(detail, http.POST('/catalogue/entries/{code}/default', { params: at(code), body: { basedOn } })),
  remove: (code: string) => done(http.DELETE('/catalogue/entries/{code}', { params: at(code) })),
  decide: (body: DecideEntries) => done(http.POST('/catalogue/decide', { body })),
  csvUrl: apiUrl('/catalogue/csv'),
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
  queryFn: ({ signal }) => answer(skillPage, http.GET('/skills', { signal })),
});
export const knownTeamsQuery = queryOptions({
  queryKey: ['teams', 'for-catalogue'],
  queryFn: ({ signal }) => answer(teamPage, http.GET('/teams', { signal })),
});
