import { type CatalogueEntry, catalogueEntrySchema } from '@sc/contracts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { casesApi } from '../api/cases.js';
import { keys } from '../api/keys.js';
import { asProblem } from '../api/problem.js';
import { type Cached, copyOf, withCopy } from './cached.js';

const entries = z.array(catalogueEntrySchema);

/**
 * Kinds of work a new case in this area may be of. Without a network the copy of the nearest place around it does: what may be
 * reported there may be reported here.
 */
export const fieldCategoriesQuery = (areaId: string, around: readonly string[] = []) =>
  queryOptions({
    queryKey: [...keys.catalogueEntries({ usableIn: areaId }), 'field'],
    queryFn: async ({ signal }): Promise<Cached<CatalogueEntry[]>> => {
      try {
        return await withCopy(
          entries,
          `categories/${areaId}`,
          async () => (await casesApi.usable(areaId, { signal })).items,
        );
      } catch (error) {
        if (!asProblem(error).mayHeal) throw error;
        for (const id of around.toReversed()) {
          const copy = await copyOf(entries, `categories/${id}`);
          if (copy) return copy;
        }
        throw error;
      }
    },
    staleTime: 60 * 60_000,
    retry: false,
  });
