import {
  checkPointCodesSchema,
  pageOf,
  recurrenceCheckSchema,
  type RoundCalendarQuery,
  roundCalendarSchema,
  roundDetailSchema,
  roundPlanSchema,
  type RoundQuery,
  teamSchema,
  type WriteRoundPlan,
} from '@sc/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, done, http } from './client.js';
import { keys } from './keys.js';
import { ownRoundsApi } from './own-rounds.js';

type Signal = { signal?: AbortSignal };
const planPage = pageOf(roundPlanSchema);
const teamPage = pageOf(teamSchema);

export const roundsApi = {
  ...ownRoundsApi,
  cancel: (id: string, reason: string) =>
    answer(roundDetailSchema, http.POST('/rounds/{id}/cancel', { params: { path: { id } }, body: { reason } })),
  plans: ({ signal }: Signal) => answer(planPage, http.GET('/round-plans', { signal })),
  plan: (id: string, { signal }: Signal) =>
    answer(roundPlanSchema, http.GET('/round-plans/{id}', { params: { path: { id } }, signal })),
  createPlan: (body: WriteRoundPlan) => answer(roundPlanSchema, http.POST('/round-plans', { body })),
  updatePlan: (id: string, body: WriteRoundPlan) =>
    answer(roundPlanSchema, http.PUT('/round-plans/{id}', { params: { path: { id } }, body })),
  removePlan: (id: string) => done(http.DELETE('/round-plans/{id}', { params: { path: { id } } })),
  makeCodes: (id: string, checkPointIds: string[]) =>
    answer(
      checkPointCodesSchema,
      http.POST('/round-plans/{id}/codes', { params: { path: { id } }, body: { checkPointIds } }),
    ),
  check: (recurrence: string, { signal }: Signal) =>
    answer(recurrenceCheckSchema, http.POST('/round-plans/recurrence-checks', { body: { recurrence }, signal })),
  teams: ({ signal }: Signal) => answer(teamPage, http.GET('/teams', { signal })),
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
    queryFn: ({ signal }) => answer(roundCalendarSchema, http.GET('/rounds/calendar', { params: { query }, signal })),
  });
export const recurrenceCheckQuery = (recurrence: string) =>
  queryOptions({
    queryKey: ['recurrence-check', recurrence],
    queryFn: (context) => roundsApi.check(recurrence, context),
    staleTime: 60_000,
    retry: false,
  });
export const teamsQuery = queryOptions({ queryKey: ['teams', 'all'], queryFn: (context) => roundsApi.teams(context) });
