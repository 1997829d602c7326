import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { newQueryClient } from './api/query-client.js';
import { siteQuery } from './api/session.js';
import { createAppRouter } from './app/router.js';
import './app/theme.js';
import { startI18n } from './i18n/index.js';
import { learnServerTime } from './lib/site-time.js';
import './styles/base.css';

const queries = newQueryClient();

// The page's parts are on their way while the texts are: on a bad network every turn is waited for.
const router = createAppRouter();
await startI18n({
  first: { 'zh-CN': () => import('./locales/zh-CN/index.js'), en: () => import('./locales/en/index.js') },
});
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
