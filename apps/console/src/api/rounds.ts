import {
  type AnswerRound,
  checkPointCodesSchema,
  pageOf,
  recurrenceCheckSchema,
  type RoundCalendarQuery,
  roundCalendarSchema,
  roundDetailSchema,
  roundPlanSchema,
  type RoundQuery,
  roundSchema,
  type ScanCheckPoint,
  scanResultSchema,
  teamSchema,
  type WriteRoundPlan,
} from '@sc/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';
import { keys } from './keys.js';

type Signal = { signal?: AbortSignal };
const roundPage = pageOf(roundSchema);
const planPage = pageOf(roundPlanSchema);
const teamPage = pageOf(teamSchema);

export const roundsApi = {
  list: (query: Partial<RoundQuery>, { signal }: Signal) => request(roundPage, '/rounds', { query, signal }),
  detail: (id: string, { signal }: Signal) => request(roundDetailSchema, `/rounds/${id}`, { signal }),
  answer: (id: string, body: AnswerRound) =>
    request(roundDetailSchema, `/rounds/${id}/answers`, { method: 'POST', body }),
  scan: (body: ScanCheckPoint) => request(scanResultSchema, '/rounds/scans', { method: 'POST', body }),
  assign: (id: string, personId?: string) =>
    request(roundDetailSchema, `/rounds/${id}/assign`, { method: 'POST', body: personId ? { personId } : {} }),
  cancel: (id: string, reason: string) =>
    request(roundDetailSchema, `/rounds/${id}/cancel`, { method: 'POST', body: { reason } }),
  plans: ({ signal }: Signal) => request(planPage, '/round-plans', { signal }),
  plan: (id: string, { signal }: Signal) => request(roundPlanSchema, `/round-plans/${id}`, { signal }),
  createPlan: (body: WriteRoundPlan) => request(roundPlanSchema, '/round-plans', { method: 'POST', body }),
  updatePlan: (id: string, body: WriteRoundPlan) =>
    request(roundPlanSchema, `/round-plans/${id}`, { method: 'PUT', body }),
  removePlan: (id: string) => command(`/round-plans/${id}`, { method: 'DELETE' }),
  makeCodes: (id: string, checkPointIds: string[]) =>
    request(checkPointCodesSchema, `/round-plans/${id}/codes`, { method: 'POST', body: { checkPointIds } }),
  check: (recurrence: string, { signal }: Signal) =>
    request(recurrenceCheckSchema, '/round-plans/recurrence-checks', { method: 'POST', body: { recurrence }, signal }),
  teams: ({ signal }: Signal) => request(teamPage, '/teams', { signal }),
};

export const roundsQuery = (state: RoundQuery['state']) =>
  infiniteQueryOptions({
    queryKey: keys.rounds({ state }),
    queryFn: ({ pageParam, signal }) => roundsApi.list({ state, limit: 50, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const roundQuery = (id: string) =>
  queryOptions({ queryKey: keys.round(id), queryFn: (context) => roundsApi.detail(id, context) });
export const roundPlansQuery = queryOptions({
  queryKey: keys.roundPlans,
  queryFn: (context) => roundsApi.plans(context),
});
export const roundPlanQuery = (id: string) =>
  queryOptions({ queryKey: keys.roundPlan(id), queryFn: (context) => roundsApi.plan(id, context) });
export const roundCalendarQuery = (query: RoundCalendarQuery) =>
  queryOptions({
    queryKey: keys.rounds({ calendar: query }),
    queryFn: ({ signal }) => request(roundCalendarSchema, '/rounds/calendar', { query, signal }),
  });
export const recurrenceCheckQuery = (recurrence: string) =>
  queryOptions({
    queryKey: ['recurrence-check', recurrence],
    queryFn: (context) => roundsApi.check(recurrence, context),
    staleTime: 60_000,
    retry: false,
  });
export const teamsQuery = queryOptions({ queryKey: ['teams', 'all'], queryFn: (context) => roundsApi.teams(context) });
