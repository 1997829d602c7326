import { type CreateSavedFilter, pageOf, type SavedFilterPage, savedFilterSchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { answer, done, http } from './client.js';

const list = pageOf(savedFilterSchema);

export const savedFiltersApi = {
  save: (body: CreateSavedFilter) => answer(savedFilterSchema, http.POST('/saved-filters', { body })),
  remove: (id: string) => done(http.DELETE('/saved-filters/{id}', { params: { path: { id } } })),
};

export const savedFiltersQuery = (page: SavedFilterPage) =>
  queryOptions({
    queryKey: ['saved-filters', page],
    queryFn: ({ signal }: { signal?: AbortSignal }) =>
      answer(list, http.GET('/saved-filters', { params: { query: { page } }, signal })),
    staleTime: 5 * 60_000,
  });
