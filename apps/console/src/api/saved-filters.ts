import { type CreateSavedFilter, pageOf, type SavedFilterPage, savedFilterSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from './client.js';

const list = pageOf(savedFilterSchema);

export const savedFiltersApi = {
  save: (body: CreateSavedFilter) => request(savedFilterSchema, '/saved-filters', { method: 'POST', body }),
  remove: (id: string) => command(`/saved-filters/${id}`, { method: 'DELETE' }),
};

export const savedFiltersQuery = (page: SavedFilterPage) =>
  queryOptions({
    queryKey: ['saved-filters', page],
    queryFn: ({ signal }: { signal?: AbortSignal }) => request(list, '/saved-filters', { query: { page }, signal }),
    staleTime: 5 * 60_000,
  });
