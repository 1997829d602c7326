import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { keys } from './api/keys.js';
import { asProblem } from './api/problem.js';
import { siteQuery } from './api/queries.js';
import { createAppRouter } from './app/router.js';
import './app/theme.js';
import { startI18n } from './i18n/index.js';
import { learnServerTime } from './lib/site-time.js';
import './styles/base.css';

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

// The page's parts are on their way while the texts are: on a bad network every turn is waited for.
const router = createAppRouter();
await startI18n();
void queries
  .fetchQuery(siteQuery)
  .then((site) => learnServerTime(site.serverTime))
  .catch(() => undefined);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
