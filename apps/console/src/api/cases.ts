import { catalogueEntrySchema, pageOf, type ReportCaseInput, teamSchema, workOrderDetailSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, http } from './client.js';
import { keys } from './keys.js';
import { ordersApi } from './orders.js';

export const casesApi = {
  report: (body: ReportCaseInput) => answer(workOrderDetailSchema, http.POST('/work-orders', { body })),
  /** Kinds of work that a new case in this area may be of. */
  usable: (areaId: string | undefined, { signal }: { signal?: AbortSignal }) =>
    answer(pageOf(catalogueEntrySchema), http.GET('/catalogue', { params: { query: { usableIn: areaId } }, signal })),
};

export const usableCategoriesQuery = (areaId: string | undefined) =>
  queryOptions({
    queryKey: keys.catalogueEntries({ usableIn: areaId }),
    enabled: areaId !== undefined,
    queryFn: (context) => casesApi.usable(areaId, context),
  });

export const helpTeamsQuery = queryOptions({
  queryKey: ['teams', 'helpers'],
  queryFn: ({ signal }) => answer(pageOf(teamSchema), http.GET('/teams', { signal })),
});

export const openOrdersQuery = queryOptions({
  queryKey: [...keys.workOrderLists, 'mergeable'],
  queryFn: (context) => ordersApi.workOrders({ state: 'open', limit: 200 }, context),
});
