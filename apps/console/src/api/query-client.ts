import { QueryClient } from '@tanstack/react-query';
import { keys } from './keys.js';
import { asProblem } from './problem.js';

/** How both programs ask: nothing by itself, and again only what may heal. */
export function newQueryClient(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The stream says what is stale; a mounted page does not ask again by itself.
        staleTime: 30_000,
        networkMode: 'always',
        retry: (count, error) => count < 2 && asProblem(error).mayHeal,
        retryDelay: (count) => 500 * 2 ** count,
      },
      mutations: { networkMode: 'always' },
    },
  });
  // An expired session shows itself in whatever is asked next: then the login appears in place.
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error' || event.query.queryKey[0] === 'session') return;
    if (asProblem(event.action.error).code === 'not-authenticated')
      void queries.invalidateQueries({ queryKey: keys.session });
  });
  return queries;
}
